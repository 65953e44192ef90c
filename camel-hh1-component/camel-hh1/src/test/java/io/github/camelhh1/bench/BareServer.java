package io.github.camelhh1.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listening socket on loopback that never says a word. */
public final class BareServer implements AutoCloseable {
    /** What becomes of a client that connects. */
    public enum Welcome {
        SILENCE,
        RESET
    }

    private final ServerSocket listener;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> fillers = new ArrayList<>();

    private BareServer(int backlog) {
        try {
            listener = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BareServer accepting(Welcome welcome) {
        BareServer server = new BareServer(50);
        Thread thread = new Thread(() -> server.accept(welcome), "bare-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** Who connects now gets neither a connection nor a refusal: the queue of the socket is full. */
    public static BareServer blackHole() {
        BareServer server = new BareServer(1);
        try {
            for (int i = 0; i < 8; i++) {
                SocketChannel filler = SocketChannel.open();
                filler.configureBlocking(false);
                filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                server.fillers.add(filler);
            }
            await().until(() -> server.fillers.get(0).finishConnect());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server;
    }

    private void accept(Welcome welcome) {
        try {
            while (true) {
                Socket socket = listener.accept();
                if (welcome == Welcome.RESET) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                accepted.add(socket);
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url(String scheme) {
        return scheme + "://127.0.0.1:" + port() + "/client/v4";
    }

    public int accepted() {
        return accepted.size();
    }

    /** Reads what was sent until the client closes, which it must do. */
    public void awaitClosedByClient() {
        try {
            for (Socket socket : accepted) {
                socket.setSoTimeout(60_000);
                socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
        } catch (SocketException e) {
            // Reset is closed as well.
        } catch (IOException e) {
            throw new UncheckedIOException("the client keeps its connection", e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : accepted) {
            socket.close();
        }
        for (SocketChannel filler : fillers) {
            filler.close();
        }
    }
}
