package io.github.camelhh1.async;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** At most so many turns a second, evenly spaced; first come, first served. Safe for use by many threads. */
public final class Rate {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    /** A tenth more than a second: calls that leave evenly do not arrive evenly. */
    private static final long SPACED = TimeUnit.MILLISECONDS.toNanos(1100);

    private final long pause;
    private final Timers timers;
    private long next;

    public Rate(int perSecond, Timers timers) {
        this.pause = SPACED / perSecond;
        this.timers = timers;
        this.next = timers.nanoTime();
    }

    /** Completes when it is the caller's turn; with false as soon as the component stops. */
    public CompletableFuture<Boolean> turn() {
        long wait = toWait();
        // Timers drop what is less than a millisecond.
        return wait == 0
                ? CompletableFuture.completedFuture(true)
                : timers.after(Duration.ofMillis((wait + MILLI - 1) / MILLI));
    }

    private synchronized long toWait() {
        long now = timers.nanoTime();
        long wait = Math.max(0, next - now);
        next = now + wait + pause;
        return wait;
    }
}
