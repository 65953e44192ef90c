package io.github.camelhh1.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * First come, first served. A caller gets its permit at once, or a place in the queue without waiting, or, with the
 * queue full, is refused or held back: its thread then waits until a place is free. With no queue at all the calling
 * thread itself waits for the permit. Safe for use by many threads.
 */
public final class Permits {

    /** What became of a wish for a permit. */
    /** Why a message is not sent, for whichever of the two reasons. */
    public static final String STOPPING = "the component, or a route of the message, is stopping; nothing was sent";

    enum Answer {
        GRANTED(""),
        FULL("maxInFlight calls are in flight and maxQueued wait already; nothing was sent"),
        STOPPED(STOPPING),
        INTERRUPTED("interrupted while waiting for a permit; nothing was sent");

        private final String reason;

        Answer(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private static final class Waiter {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        /** Completed when the caller's thread may go: it has its answer or a place in the queue. */
        final CompletableFuture<Void> admitted = new CompletableFuture<>();
    }

    private final int maxInFlight;
    private final int maxQueued;
    private final boolean refuseWhenFull;
    private final Executor rooms;

    private final Deque<Waiter> queued = new ArrayDeque<>();
    private final Deque<Waiter> heldBack = new ArrayDeque<>();
    private int inFlight;
    private boolean stopped;

    /** {@code rooms} is where a generation goes on whose permit came later. */
    public Permits(int maxInFlight, int maxQueued, boolean refuseWhenFull, Executor rooms) {
        this.maxInFlight = maxInFlight;
        this.maxQueued = maxQueued;
        this.refuseWhenFull = refuseWhenFull;
        this.rooms = rooms;
    }

    /**
     * Runs {@code work} once there is a permit and gives the permit back when the stage ends. Without one, ends with
     * what {@code refused} makes of the reason. May block the calling thread as described above, never otherwise.
     */
    public <T> CompletionStage<T> run(Supplier<CompletionStage<T>> work, Function<String, T> refused) {
        return run(new CompletableFuture<>(), work, refused);
    }

    /** The same; who still waits when {@code recalled} is done is let go as if everything stopped. */
    public <T> CompletionStage<T> run(
            CompletableFuture<Void> recalled, Supplier<CompletionStage<T>> work, Function<String, T> refused) {
        return acquire(recalled)
                .thenCompose(answer -> answer == Answer.GRANTED
                        ? holding(work)
                        : CompletableFuture.completedStage(refused.apply(answer.reason())));
    }

    private <T> CompletionStage<T> holding(Supplier<CompletionStage<T>> work) {
        try {
            return work.get().whenComplete((ending, error) -> release());
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    private CompletableFuture<Answer> acquire(CompletableFuture<Void> recalled) {
        Waiter waiter = new Waiter();
        boolean admitted;
        synchronized (this) {
            if (stopped) {
                return CompletableFuture.completedFuture(Answer.STOPPED);
            }
            if (inFlight < maxInFlight) {
                inFlight++;
                return CompletableFuture.completedFuture(Answer.GRANTED);
            }
            admitted = queued.size() < maxQueued;
            if (!admitted && refuseWhenFull) {
                return CompletableFuture.completedFuture(Answer.FULL);
            }
            (admitted ? queued : heldBack).add(waiter);
        }
        recalled.thenRun(() -> letGo(waiter));
        return admitted ? waiter.answer : holdBack(waiter);
    }

    private CompletableFuture<Answer> holdBack(Waiter waiter) {
        try {
            waiter.admitted.get();
            return waiter.answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // Either it is still in line, then it leaves; or it was admitted meanwhile, then its answer counts.
            boolean left;
            synchronized (this) {
                left = heldBack.remove(waiter);
            }
            return left ? CompletableFuture.completedFuture(Answer.INTERRUPTED) : waiter.answer;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an admission cannot fail", e);
        }
    }

    void release() {
        Waiter granted;
        Waiter movedUp = null;
        synchronized (this) {
            granted = queued.poll();
            if (granted == null) {
                granted = heldBack.poll();
            } else {
                movedUp = moveUp();
            }
            if (granted == null) {
                inFlight--;
            }
        }
        if (granted != null) {
            answer(granted, Answer.GRANTED);
        }
        admit(movedUp);
    }

    private void letGo(Waiter waiter) {
        Waiter movedUp = null;
        boolean waited;
        synchronized (this) {
            waited = heldBack.remove(waiter);
            if (!waited && queued.remove(waiter)) {
                waited = true;
                movedUp = moveUp();
            }
        }
        if (waited) {
            answer(waiter, Answer.STOPPED);
        }
        admit(movedUp);
    }

    /** Gives the free place in the queue to the first who is held back, if anybody is. */
    private @Nullable Waiter moveUp() {
        Waiter movedUp = heldBack.poll();
        if (movedUp != null) {
            queued.add(movedUp);
        }
        return movedUp;
    }

    private static void admit(@Nullable Waiter movedUp) {
        if (movedUp != null) {
            movedUp.admitted.complete(null);
        }
    }

    /** Everybody who still waits is let go with {@link Answer#STOPPED}, in order; so is everybody who comes later. */
    public void stop() {
        List<Waiter> waiting;
        synchronized (this) {
            stopped = true;
            waiting = new ArrayList<>(queued);
            waiting.addAll(heldBack);
            queued.clear();
            heldBack.clear();
        }
        waiting.forEach(waiter -> answer(waiter, Answer.STOPPED));
    }

    private void answer(Waiter waiter, Answer answer) {
        waiter.admitted.complete(null);
        rooms.execute(() -> waiter.answer.complete(answer));
    }

    public synchronized int inFlight() {
        return inFlight;
    }

    public synchronized int waiting() {
        return queued.size() + heldBack.size();
    }

    @Override
    public String toString() {
        return "Permits[" + inFlight() + " of " + maxInFlight + " in flight, " + waiting() + " waiting]";
    }
}
