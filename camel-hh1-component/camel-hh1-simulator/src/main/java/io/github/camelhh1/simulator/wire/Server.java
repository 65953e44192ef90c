package io.github.camelhh1.simulator.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A listening socket on loopback, which can stop and start listening at will. Its methods may be called anywhere. */
public final class Server implements EventLoop.Ready {
    private static final int BACKLOG = 4096;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final EventLoop loop;
    private final Site site;
    private final Set<Connection> connections = new HashSet<>();
    private final Connection.Shared shared;
    private @Nullable ServerSocketChannel listener;
    private volatile int port;
    private volatile int connectionCount;

    private Server(EventLoop loop, Site site) {
        this.loop = loop;
        this.site = site;
        this.shared = new Connection.Shared(loop, site, ByteBuffer.allocate(64 * 1024), this::forget);
    }

    public static Server listen(EventLoop loop, Site site, int port) {
        Server server = new Server(loop, site);
        server.port = port;
        server.acceptConnections();
        return server;
    }

    public int port() {
        return port;
    }

    /** How many clients are connected at the moment. */
    public int connections() {
        return connectionCount;
    }

    /** Listens, on the same port as before. */
    public void acceptConnections() {
        onLoop(() -> {
            if (listener == null) {
                open();
            }
            return null;
        });
    }

    /** Stops listening: once this returns, a client that connects is refused. Connections that exist stay. */
    public void refuseConnections() {
        onLoop(() -> {
            if (listener != null) {
                listener.close();
                listener = null;
            }
            return null;
        });
        // A channel that a selector knows is really closed by the select that follows.
        onLoop(() -> null);
    }

    /** Tears all connections down, busy or idle: their clients see a reset. */
    public void resetConnections() {
        onLoop(() -> {
            List.copyOf(connections).forEach(Connection::tearDown);
            return null;
        });
    }

    @Override
    public void ready() throws IOException {
        ServerSocketChannel from = listener;
        for (SocketChannel next = from == null ? null : from.accept(); next != null; next = accept()) {
            next.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Connection connection = new Connection(next, shared);
            connections.add(connection);
            connectionCount = connections.size();
            site.connected(connection);
        }
    }

    private void forget(Connection connection) {
        connections.remove(connection);
        connectionCount = connections.size();
    }

    private @Nullable SocketChannel accept() throws IOException {
        return listener == null ? null : listener.accept();
    }

    private void open() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
        loop.register(channel, SelectionKey.OP_ACCEPT, this);
        port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        listener = channel;
    }

    /** Runs the step on the loop's thread and waits for it. */
    private void onLoop(Callable<@Nullable Void> step) {
        FutureTask<@Nullable Void> task = new FutureTask<>(step);
        loop.execute(task);
        try {
            task.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The simulator's socket could not be changed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while changing the simulator's socket", e);
        }
    }
}
