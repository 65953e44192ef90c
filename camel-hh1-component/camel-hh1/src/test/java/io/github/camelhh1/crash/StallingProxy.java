package io.github.camelhh1.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP proxy before the meter that can stop in the middle of an upload: it reads nothing more and closes nothing. */
final class StallingProxy {
    private static final int PIECE = 16 * 1024;

    private final ServerSocket listener;
    private final int behind;
    private final Runnable halted;
    private final List<Socket> stuck = new CopyOnWriteArrayList<>();
    private volatile long limit = Long.MAX_VALUE;

    private StallingProxy(ServerSocket listener, int behind, Runnable halted) {
        this.listener = listener;
        this.behind = behind;
        this.halted = halted;
    }

    /** @param halted what is told when an upload was stopped */
    static StallingProxy before(int port, Runnable halted) {
        try {
            var listener = new ServerSocket();
            // Small, so that what the gate does not take in stays with the sender.
            listener.setReceiveBufferSize(PIECE);
            listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            var gate = new StallingProxy(listener, port, halted);
            daemon(gate::accept);
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on a connection that brought so many bytes gets stuck. */
    void haltAfter(long bytes) {
        limit = bytes;
    }

    /** Lets everything through again; what was stuck is torn down, and what it had not brought never arrives. */
    void open() throws IOException {
        limit = Long.MAX_VALUE;
        for (Socket socket : stuck) {
            socket.close();
        }
        stuck.clear();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getByName("127.0.0.1"), behind);
                daemon(() -> copy(client, server, true));
                daemon(() -> copy(server, client, false));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Socket from, Socket to, boolean upload) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[PIECE];
            long passed = 0;
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
                passed += read;
                if (upload && passed >= limit) {
                    stuck.addAll(List.of(from, to));
                    halted.run();
                    return;
                }
            }
            from.close();
            to.close();
        } catch (IOException e) {
            // One side has gone, and the other goes with it.
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
