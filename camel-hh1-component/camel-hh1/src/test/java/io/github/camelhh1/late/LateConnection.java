package io.github.camelhh1.late;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One connection through a {@link LateProxy}. What one side sent before it closed still arrives, however late. */
final class LateConnection {
    private static final int LARGEST = 64 * 1024;

    private final LateProxy proxy;
    private final int number;
    private final Socket client;
    private final Socket server;

    LateConnection(LateProxy proxy, int number, Socket client, Socket server) {
        this.proxy = proxy;
        this.number = number;
        this.client = client;
        this.server = server;
    }

    void start() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        LateProxy.daemon(() -> read(client, true).whenComplete((passed, error) -> endOfRequests()));
        LateProxy.daemon(() -> read(server, false).whenComplete((passed, error) -> close()));
    }

    private CompletionStage<?> read(Socket from, boolean request) {
        CompletableFuture<?> passed = CompletableFuture.completedFuture(null);
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[LARGEST];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                var segment = Segment.of(number, request, buffer, read);
                SegmentFault fate = proxy.fate(segment);
                passed =
                        passed.thenCombine(fate.when(), (before, now) -> null).thenRun(() -> pass(segment, fate.cut()));
            }
        } catch (IOException e) {
            // Gone, which is an end like any other.
        }
        return passed;
    }

    private void pass(Segment segment, SegmentFault.Cut cut) {
        if (cut == SegmentFault.Cut.BEFORE) {
            close();
            return;
        }
        write(segment.request() ? server : client, segment);
        if (cut == SegmentFault.Cut.AFTER) {
            close(client);
        }
    }

    /** Who has gone does not hear it; the other side may still have something to do. */
    private static void write(Socket to, Segment segment) {
        try {
            to.getOutputStream().write(segment.bytes());
        } catch (IOException e) {
            close(to);
        }
    }

    /** The server does what it has been told, and ends then. */
    private void endOfRequests() {
        try {
            server.shutdownOutput();
        } catch (IOException e) {
            close();
        }
    }

    void close() {
        close(client);
        close(server);
        proxy.closed(this);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use.
        }
    }
}
