package io.github.camelhh1.wiring;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The messages between acceptance and outcome: a stopping component recalls those not sent and waits for the last. */
public final class MessagesInProgress {
    private final IdentityHashMap<CompletableFuture<Void>, Set<String>> requests = new IdentityHashMap<>();
    private int count;

    /** {@link #recall} completes {@code recalled} for a request in one of the {@code routes}. */
    public synchronized void begin(CompletableFuture<Void> recalled, Set<String> routes) {
        requests.put(recalled, routes);
    }

    public synchronized void end(CompletableFuture<Void> recalled) {
        requests.remove(recalled);
    }

    /** Requests in such routes that were not sent yet are not sent. */
    public void recall(Predicate<Set<String>> routes) {
        var all = new ArrayList<CompletableFuture<Void>>();
        synchronized (this) {
            requests.forEach((recalled, in) -> {
                if (routes.test(in)) {
                    all.add(recalled);
                }
            });
        }
        all.forEach(recalled -> recalled.complete(null));
    }

    public synchronized void begin() {
        count++;
    }

    public synchronized void end() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }

    synchronized int count() {
        return count;
    }

    /** Whether the last one ended in time. */
    synchronized boolean awaitNone(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = millis; count > 0 && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return count == 0;
    }
}
