package io.github.camelhh1.late;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A TCP proxy before a server, for all that a network does to single segments. A segment that is held is delivered even
 * when its sender has closed the connection meanwhile: the server's side stays open until then. So a statement that the
 * client has given up takes effect after later ones.
 */
final class LateProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int server;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<LateConnection> open = ConcurrentHashMap.newKeySet();
    private volatile Function<Segment, SegmentFault> rule = segment -> SegmentFault.AT_ONCE;

    private LateProxy(ServerSocket listener, int server) {
        this.listener = listener;
        this.server = server;
    }

    static LateProxy before(int port) {
        try {
            var proxy = new LateProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on every segment meets this rule, on the thread that read it. */
    void rule(Function<Segment, SegmentFault> fates) {
        rule = fates;
    }

    SegmentFault fate(Segment segment) {
        return rule.apply(segment);
    }

    void closed(LateConnection connection) {
        open.remove(connection);
    }

    static void daemon(Runnable task) {
        Thread thread = new Thread(task, "late proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                var connection = new LateConnection(
                        this, connections.incrementAndGet(), client, new Socket(listener.getInetAddress(), server));
                open.add(connection);
                connection.start();
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
                // The server refused: the client will ask again.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(LateConnection::close);
    }
}
