package io.github.camelhh1.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A door in front of a simulator, with TLS or without, that counts who comes in. */
public final class Front implements AutoCloseable {
    private final ServerSocket listener;
    private final URI behind;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile int accepted;

    private Front(ServerSocket listener, URI behind) {
        this.listener = listener;
        this.behind = behind;
    }

    public static Front plain(String origin) {
        return of(ServerSocketFactory.getDefault(), origin);
    }

    public static Front of(ServerSocketFactory sockets, String origin) {
        try {
            Front front = new Front(
                    sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), URI.create(origin));
            front.daemon(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String scheme, String host) {
        return scheme + "://" + host + ":" + listener.getLocalPort() + "/client/v4";
    }

    /** The same without a path. */
    public String origin(String scheme) {
        return scheme + "://127.0.0.1:" + listener.getLocalPort();
    }

    /** Connections so far. */
    public int accepted() {
        return accepted;
    }

    private void daemon(Runnable task) {
        Thread thread = new Thread(task, "front");
        thread.setDaemon(true);
        thread.start();
    }

    private void passOn(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(behind.getHost(), behind.getPort());
        } catch (ConnectException e) {
            client.close();
            return;
        }
        sockets.add(server);
        daemon(() -> copy(client, server));
        daemon(() -> copy(server, client));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                accepted++;
                sockets.add(client);
                passOn(client);
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] piece = new byte[16 * 1024];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone, and the other goes with it.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
