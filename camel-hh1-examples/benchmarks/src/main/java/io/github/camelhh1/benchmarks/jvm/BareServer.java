package io.github.camelhh1.benchmarks.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The smallest HTTP server that suffices to measure a client: one thread, one selector, and the same answer to every
 * request, over a connection that stays open. Its cost is close to that of the sockets.
 */
public final class BareServer implements AutoCloseable {
    private final Selector selector;
    private final ServerSocketChannel listening;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger connections = new AtomicInteger();

    private BareServer() throws IOException {
        selector = Selector.open();
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    static BareServer start() throws IOException {
        var server = new BareServer();
        server.thread.execute(server::serve);
        return server;
    }

    int port() {
        return listening.socket().getLocalPort();
    }

    /** How many were ever opened: a client that reuses its connections opens no more than it has calls in flight. */
    int connections() {
        return connections.get();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                ((BareConnection) key.attachment()).readable();
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = listening.accept();
        if (channel != null) {
            connections.incrementAndGet();
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ, new BareConnection(channel));
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        selector.close();
        listening.close();
    }
}
