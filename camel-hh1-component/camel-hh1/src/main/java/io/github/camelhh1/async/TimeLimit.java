package io.github.camelhh1.async;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Work whose end nobody can promise: a store that never answers, and a component that stops, hold no message for ever. */
public final class TimeLimit {
    private TimeLimit() {}

    /**
     * As {@code work} ends, or a {@link TimeoutException} when that is too late.
     *
     * @param missing what is said of work that is too late: "no answer"
     * @param late takes what comes when nobody waits for it any more
     */
    public static <T> CompletableFuture<T> of(
            CompletionStage<T> work, Duration limit, Timers timers, String missing, Consumer<T> late) {
        return of(work, new Deadline(limit, timers.nanoTime()), timers, missing, late);
    }

    /** The same of work that is one of several that have to be done by then. */
    public static <T> CompletableFuture<T> of(
            CompletionStage<T> work, Deadline deadline, Timers timers, String missing, Consumer<T> late) {
        var timely = new CompletableFuture<T>();
        var timer = timers.after(deadline.left(timers.nanoTime()));
        work.whenComplete((result, failure) -> {
            if (failure != null) {
                timely.completeExceptionally(failure);
            } else if (!timely.complete(result)) {
                late.accept(result);
            }
            timer.complete(false);
        });
        timer.thenAccept(passed -> timely.completeExceptionally(
                new TimeoutException(passed ? missing + " within " + deadline : "the component is stopping")));
        return timely;
    }
}
