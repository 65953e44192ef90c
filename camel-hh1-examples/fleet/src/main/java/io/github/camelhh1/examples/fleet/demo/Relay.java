package io.github.camelhh1.examples.fleet.demo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between one worker and one service on this machine. While it is cut, no byte passes and no connection is
 * closed, as when packets are dropped. Safe for use by many threads.
 */
final class Relay implements Closeable {
    private static final int BYTES = 16 * 1024;

    private final int target;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean cut;

    private Relay(int target) throws IOException {
        this.target = target;
    }

    /** @param target a port of this machine */
    static Relay to(int target) throws IOException {
        Relay relay = new Relay(target);
        start(relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    synchronized void cut(boolean isCut) {
        cut = isCut;
        notifyAll();
    }

    private synchronized void awaitNetwork() {
        try {
            while (cut && !server.isClosed()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket from = server.accept();
                sockets.add(from);
                start(() -> connect(from));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void connect(Socket from) {
        awaitNetwork();
        try {
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(to);
            start(() -> pass(to, from));
            pass(from, to);
        } catch (IOException e) {
            end(from);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                awaitNetwork();
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            // One side is gone: so is the other.
        }
        awaitNetwork();
        end(from);
        end(to);
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut(false);
        sockets.forEach(this::end);
    }
}
