package io.github.camelhh1.async;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Waiting without a thread. Injected, so that tests own the time. */
public interface Timers {

    /**
     * Completes with true on the rooms executor once {@code delay} has passed, or with false as soon as the component
     * stops. To forget the timer, complete it: cancelling it would make an exception that nobody reads.
     */
    CompletableFuture<Boolean> after(Duration delay);

    /** Monotonic nanoseconds: a clock that jumps does not move it. */
    long nanoTime();
}
