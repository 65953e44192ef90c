package io.github.camelhh1.http;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of the library, with the calls that it makes. When an I/O thread of the library meets an {@link Error}, as when
 * memory runs out, the thread ends: the library closes its connections, does not end its calls, and starts no other thread.
 * Such a client is broken. It finishes the calls of its other threads, and a new client makes the next ones. Safe for use
 * by many threads.
 */
final class LibraryClient {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryClient.class);
    private static final String THREAD_ENDED =
            "an I/O thread of the HTTP client ended, as when memory runs out, and its connections were closed";

    private final CloseableHttpAsyncClient client;
    private final Executor rooms;
    private final Set<PendingCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;
    private volatile boolean closed;

    /**
     * Starts the client's I/O threads.
     *
     * @param rooms must take every task
     */
    LibraryClient(HttpSettings settings, HostNames names, Executor rooms) {
        this.rooms = rooms;
        client = settings.client(names, watched(settings.threads()));
        client.start();
    }

    private ThreadFactory watched(ThreadFactory factory) {
        return task -> factory.newThread(() -> {
            try {
                task.run();
            } finally {
                ended();
            }
        });
    }

    private void ended() {
        broken = true;
        if (!closed) {
            scanLater(Set.of());
        }
    }

    /** Whether a thread has ended. */
    boolean isBroken() {
        return broken;
    }

    boolean isClosed() {
        return closed;
    }

    void execute(BasicRequestProducer request, AnswerReader answer, PendingCall call) {
        calls.add(call);
        call.whenComplete((result, error) -> {
            calls.remove(call);
            call.discard();
        });
        // Read after the call was added, so that a close that runs meanwhile misses none.
        if (closed) {
            call.failed(new IOException(HttpTransport.CLOSED));
            return;
        }
        try {
            call.started(client.execute(request, answer, null, call.context(), call));
        } catch (RuntimeException e) {
            call.failed(e);
        } catch (Error e) {
            call.abandon(new IOException(e));
        }
    }

    private void scanLater(Set<PendingCall> unconnectedBefore) {
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, rooms).execute(() -> scan(unconnectedBefore));
    }

    /** Ends the calls whose thread has ended. Once no call is left, the client is closed. */
    private void scan(Set<PendingCall> unconnectedBefore) {
        Set<PendingCall> unconnected = unconnectedBefore;
        try {
            if (calls.isEmpty()) {
                close();
                return;
            }
            unconnected = calls.stream().filter(PendingCall::isUnconnected).collect(Collectors.toSet());
            // Twice: a call of a living thread has no connection for a moment when it begins and when it ends.
            unconnected.stream()
                    .filter(unconnectedBefore::contains)
                    .forEach(call -> call.abandon(new IOException(THREAD_ENDED)));
        } catch (Error e) {
            LOG.warn("The calls of an HTTP client that lost a thread are looked at again in a second", e);
        }
        scanLater(unconnected);
    }

    /** Closes every connection; calls in flight end as failures. */
    void close() {
        closed = true;
        // First: a body that begins on a closed connection counts as sent. The client may drop a call silently.
        List.copyOf(calls).forEach(call -> call.abandon(new IOException(HttpTransport.CLOSED)));
        client.close(CloseMode.IMMEDIATE);
    }
}
