package io.github.camelhh1.http;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;

/**
 * A client of the library, with the calls that it makes. When an I/O thread of the library meets an {@link Error}, as when
 * memory runs out, the thread ends: the library closes its connections, does not end its calls, and starts no other thread.
 * Such a client is broken. It finishes the calls of its other threads, and a new client makes the next ones. Safe for use
 * by many threads.
 */
final class LibraryClient {
    private static final String THREAD_ENDED =
            "an I/O thread of the HTTP client ended, as when memory runs out, and its connections were closed";

    private final CloseableHttpAsyncClient client;
    private final AtomicInteger threads = new AtomicInteger();
    private final Set<PendingCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;
    private volatile boolean closed;

    /** Starts the client's I/O threads. */
    LibraryClient(HttpSettings settings, HostNames names) {
        client = settings.client(names, counting(settings.threads()));
        client.start();
    }

    private ThreadFactory counting(ThreadFactory factory) {
        return task -> {
            threads.incrementAndGet();
            return factory.newThread(() -> {
                try {
                    task.run();
                } finally {
                    broken = true;
                    threads.decrementAndGet();
                }
            });
        };
    }

    /** Whether an I/O thread has ended. */
    boolean isBroken() {
        return broken;
    }

    void execute(BasicRequestProducer request, AnswerReader answer, PendingCall call) {
        calls.add(call);
        call.whenComplete((result, error) -> calls.remove(call));
        // Read after the call was added, so that a close that runs meanwhile misses none.
        if (closed) {
            call.failed(new IOException(HttpTransport.CLOSED));
            return;
        }
        try {
            call.started(client.execute(request, answer, null, call.context(), call));
        } catch (RuntimeException e) {
            call.failed(e);
        }
    }

    /**
     * Ends the calls whose thread has ended, each second until none is left, and closes the client.
     *
     * @param rooms must take every task
     */
    void retire(Executor rooms, Runnable retired) {
        retire(rooms, retired, Set.of());
    }

    private void retire(Executor rooms, Runnable retired, Set<PendingCall> cutBefore) {
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, rooms).execute(() -> {
            // A living thread gives a connection back just before it ends the call: such a call is cut only once.
            Set<PendingCall> cut = calls.stream()
                    .filter(call -> threads.get() == 0 || call.isCut())
                    .collect(Collectors.toSet());
            cut.stream().filter(cutBefore::contains).forEach(call -> call.endUnlessArrived(THREAD_ENDED));
            if (calls.isEmpty()) {
                close();
                retired.run();
            } else {
                retire(rooms, retired, cut);
            }
        });
    }

    /** Closes every connection; calls in flight end as failures. */
    void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
        // The client drops a call silently when it is closed at the wrong moment.
        List.copyOf(calls).forEach(call -> call.failed(new IOException(HttpTransport.CLOSED)));
    }
}
