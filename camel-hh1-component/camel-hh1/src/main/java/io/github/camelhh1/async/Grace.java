package io.github.camelhh1.async;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Divides the time that a stopping Camel context gives its messages. Calls are waited for until shortly before its end.
 * New calls begin only as long as they can end before that.
 */
public final class Grace {
    /** Left to the routes, which handle the last endings. */
    private static final Duration MOST_FOR_ROUTES = Duration.ofSeconds(5);

    private final ScheduledExecutorService scheduler;
    private final Runnable endSending;
    private final Runnable endCalls;
    private Duration shortestCall = Duration.ZERO;
    private @Nullable Long end;

    /** Both are quick and may run more than once: on the scheduler's thread, or on the caller's when it is late already. */
    public Grace(ScheduledExecutorService scheduler, Runnable endSending, Runnable endCalls) {
        this.scheduler = scheduler;
        this.endSending = endSending;
        this.endCalls = endCalls;
    }

    /** Some calls surely take so long. */
    public synchronized void callsTake(Duration atLeast) {
        if (atLeast.compareTo(shortestCall) > 0) {
            shortestCall = atLeast;
            if (end != null) {
                endSendingBefore(end);
            }
        }
    }

    /** The context has begun to stop. */
    public synchronized void begin(Duration timeout) {
        Duration fifth = timeout.dividedBy(5);
        Duration left = timeout.minus(fifth.compareTo(MOST_FOR_ROUTES) < 0 ? fifth : MOST_FOR_ROUTES);
        // Nanoseconds hold 292 years.
        long known = System.nanoTime() + TimeUnit.NANOSECONDS.convert(left);
        end = known;
        endSendingBefore(known);
        after(left, endCalls);
    }

    private void endSendingBefore(long known) {
        Duration left = Duration.ofNanos(known - System.nanoTime()).minus(shortestCall);
        if (left.isNegative() || left.isZero()) {
            endSending.run();
        } else {
            after(left, endSending);
        }
    }

    private void after(Duration delay, Runnable ending) {
        try {
            scheduler.schedule(ending, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The component has stopped, and with it everything has ended.
        }
    }
}
