package io.github.camelhh1.async;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The time that an attempt may take.
 *
 * @param limit the option generationTimeout
 * @param since when the attempt began, on the monotonic clock
 */
public record TimeLimit(Duration limit, long since) {

    /** Negative when it has passed. */
    public Duration left(long now) {
        return limit.minusNanos(now - since);
    }

    /** As {@link #of(CompletionStage, TimeLimit, Timers, String, Consumer)}, for a limit that begins now. */
    public static <T> CompletableFuture<T> of(
            CompletionStage<T> work, Duration limit, Timers timers, String missing, Consumer<T> late) {
        return of(work, new TimeLimit(limit, timers.nanoTime()), timers, missing, late);
    }

    /**
     * Ends as {@code work} does, or with a {@link TimeoutException} when the limit passes or the component stops first.
     *
     * @param missing begins the message of that exception: "no answer"
     * @param late takes a result that comes after the exception
     */
    public static <T> CompletableFuture<T> of(
            CompletionStage<T> work, TimeLimit limit, Timers timers, String missing, Consumer<T> late) {
        var timely = new CompletableFuture<T>();
        var timer = timers.after(limit.left(timers.nanoTime()));
        work.whenComplete((result, failure) -> {
            if (failure != null) {
                timely.completeExceptionally(failure);
            } else if (!timely.complete(result)) {
                late.accept(result);
            }
            timer.complete(false);
        });
        timer.thenAccept(passed -> timely.completeExceptionally(
                new TimeoutException(passed ? missing + " within " + limit : "the component is stopping")));
        return timely;
    }

    /** Cancels {@code call} when it lasts for longer; also when the component stops. */
    public static <T> CompletableFuture<T> cancelling(CompletableFuture<T> call, Duration limit, Timers timers) {
        var timer = timers.after(limit);
        timer.thenRun(() -> call.cancel(true));
        call.whenComplete((result, failure) -> timer.complete(false));
        return call;
    }

    @Override
    public String toString() {
        return "generationTimeout (" + limit + ")";
    }
}
