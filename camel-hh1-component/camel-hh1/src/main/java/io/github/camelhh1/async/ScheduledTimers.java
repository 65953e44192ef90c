package io.github.camelhh1.async;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Timers on one thread, which hands each over to the rooms executor. */
public final class ScheduledTimers implements Timers {
    private final ScheduledExecutorService scheduler;
    private final Executor rooms;
    /** By a key of its own for each timer. */
    private final Map<Object, CompletableFuture<Boolean>> pending = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    public ScheduledTimers(ScheduledExecutorService scheduler, Executor rooms) {
        this.scheduler = scheduler;
        this.rooms = rooms;
    }

    @Override
    public CompletableFuture<Boolean> after(Duration delay) {
        var key = new Object();
        var timer = new CompletableFuture<Boolean>();
        pending.put(key, timer);
        try {
            var ticking = scheduler.schedule(
                    () -> rooms.execute(() -> timer.complete(true)), delay.toMillis(), TimeUnit.MILLISECONDS);
            timer.whenComplete((passed, error) -> {
                pending.remove(key);
                ticking.cancel(false);
            });
        } catch (RejectedExecutionException e) {
            stopped = true;
        }
        // Read after the timer was added, so that a concurrent stop misses none.
        if (stopped) {
            pending.remove(key);
            timer.complete(false);
        }
        return timer;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Ends every pending timer with false, and every later one at once. */
    public void stop() {
        stopped = true;
        List.copyOf(pending.values()).forEach(timer -> rooms.execute(() -> timer.complete(false)));
    }
}
