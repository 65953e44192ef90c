package io.github.camelhh1.async;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * At most so many pieces of work at once, first come, first served. A caller gets its permit at once, or a place in the
 * queue. Where the queue is full, the caller is refused, or its thread waits for a place. Where there is no queue at all,
 * its thread waits for the permit. Safe for use by many threads.
 */
public final class Permits {
    /** Why nothing was sent: the component stops, or a route of the message does. */
    public static final String STOPPING = "the component, or a route of the message, is stopping; nothing was sent";

    private static final String FULL =
            "maxInFlight calls, or maxTasks tasks, are in flight and maxQueued wait already; nothing was sent";
    private static final String INTERRUPTED = "interrupted while waiting for a permit; nothing was sent";

    private static final class Waiter {
        /** Null is the permit; a text says why there is none. */
        final CompletableFuture<@Nullable String> refusal = new CompletableFuture<>();
        /** Completed when the caller's thread may go: it has its answer or a place in the queue. */
        final CompletableFuture<Void> admitted = new CompletableFuture<>();
    }

    private final int maxInFlight;
    private final int maxQueued;
    private final boolean refuseWhenFull;
    private final Executor rooms;

    /** First come, first served: the first {@code maxQueued} are in the queue, the threads of the others wait for that. */
    private final List<Waiter> waiting = new ArrayList<>();

    private int inFlight;
    private boolean stopped;

    /** @param rooms where work runs whose permit came later */
    public Permits(int maxInFlight, int maxQueued, boolean refuseWhenFull, Executor rooms) {
        this.maxInFlight = maxInFlight;
        this.maxQueued = maxQueued;
        this.refuseWhenFull = refuseWhenFull;
        this.rooms = rooms;
    }

    /**
     * Runs {@code work} once there is a permit and gives the permit back when the stage ends. Without a permit it ends
     * with the result of {@code refused} for the reason. Blocks the calling thread only as described above.
     */
    public <T> CompletionStage<T> run(Supplier<CompletionStage<T>> work, Function<String, T> refused) {
        return run(new CompletableFuture<>(), true, work, refused);
    }

    /**
     * The same; a caller that still waits when {@code recalled} is done is refused, as by a stop.
     *
     * @param mayBlock whether the calling thread may wait; if not, the caller gets a place behind a full queue
     */
    public <T> CompletionStage<T> run(
            CompletableFuture<Void> recalled,
            boolean mayBlock,
            Supplier<CompletionStage<T>> work,
            Function<String, T> refused) {
        return acquire(recalled, mayBlock)
                .thenCompose(refusal ->
                        refusal == null ? holding(work) : CompletableFuture.completedStage(refused.apply(refusal)));
    }

    private <T> CompletionStage<T> holding(Supplier<CompletionStage<T>> work) {
        try {
            return work.get().whenComplete((ending, error) -> release());
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    private CompletableFuture<@Nullable String> acquire(CompletableFuture<Void> recalled, boolean mayBlock) {
        Waiter waiter = new Waiter();
        boolean admitted;
        synchronized (this) {
            if (stopped) {
                return CompletableFuture.completedFuture(STOPPING);
            }
            if (inFlight < maxInFlight) {
                inFlight++;
                return CompletableFuture.completedFuture(null);
            }
            admitted = waiting.size() < maxQueued;
            if (!admitted && refuseWhenFull) {
                return CompletableFuture.completedFuture(FULL);
            }
            waiting.add(waiter);
        }
        recalled.thenRun(() -> recall(waiter));
        return admitted || !mayBlock ? waiter.refusal : holdBack(waiter);
    }

    private CompletableFuture<@Nullable String> holdBack(Waiter waiter) {
        try {
            waiter.admitted.get();
            return waiter.refusal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            boolean left;
            synchronized (this) {
                // A waiter that was admitted meanwhile stays: its answer counts.
                left = waiting.indexOf(waiter) >= maxQueued && waiting.remove(waiter);
            }
            return left ? CompletableFuture.completedFuture(INTERRUPTED) : waiter.refusal;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an admission cannot fail", e);
        }
    }

    void release() {
        Waiter granted;
        Waiter movedUp;
        synchronized (this) {
            if (waiting.isEmpty()) {
                inFlight--;
                return;
            }
            granted = waiting.remove(0);
            movedUp = lastQueued();
        }
        answer(granted, null);
        admit(movedUp);
    }

    private void recall(Waiter waiter) {
        Waiter movedUp;
        synchronized (this) {
            if (!waiting.remove(waiter)) {
                return;
            }
            movedUp = lastQueued();
        }
        answer(waiter, STOPPING);
        admit(movedUp);
    }

    /** The waiter that has the last place in a full queue: it may have got it just now. */
    private @Nullable Waiter lastQueued() {
        return maxQueued > 0 && waiting.size() >= maxQueued ? waiting.get(maxQueued - 1) : null;
    }

    private static void admit(@Nullable Waiter movedUp) {
        if (movedUp != null) {
            movedUp.admitted.complete(null);
        }
    }

    /** Refuses all that wait, in order, and all that come later. */
    public void stop() {
        List<Waiter> refused;
        synchronized (this) {
            stopped = true;
            refused = List.copyOf(waiting);
            waiting.clear();
        }
        refused.forEach(waiter -> answer(waiter, STOPPING));
    }

    private void answer(Waiter waiter, @Nullable String refusal) {
        waiter.admitted.complete(null);
        rooms.execute(() -> waiter.refusal.complete(refusal));
    }

    public synchronized int inFlight() {
        return inFlight;
    }

    public synchronized int waiting() {
        return waiting.size();
    }
}
