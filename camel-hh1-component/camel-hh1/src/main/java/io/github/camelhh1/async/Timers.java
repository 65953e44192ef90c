package io.github.camelhh1.async;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Waiting without a thread. Injected, so that tests own the time. */
public interface Timers {

    /**
     * Completes with true on the rooms executor once {@code delay} has passed, or with false as soon as the component
     * stops. Completing it from outside forgets the timer; cancelling does
     * too, but makes an exception with a stack trace for nobody.
     */
    CompletableFuture<Boolean> after(Duration delay);

    /** Monotonic nanoseconds: a clock that jumps does not move it. */
    long nanoTime();
}
