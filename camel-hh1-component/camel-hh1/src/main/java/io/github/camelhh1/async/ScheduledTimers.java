package io.github.camelhh1.async;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Timers on one thread, which hands each over to the rooms executor. */
public final class ScheduledTimers implements Timers {
    /** Needs identity equality: it is an element of a set. */
    private static final class Timer {
        final CompletableFuture<Boolean> passed;

        Timer(CompletableFuture<Boolean> passed) {
            this.passed = passed;
        }
    }

    private final ScheduledExecutorService scheduler;
    private final Executor rooms;
    private final Set<Timer> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    public ScheduledTimers(ScheduledExecutorService scheduler, Executor rooms) {
        this.scheduler = scheduler;
        this.rooms = rooms;
    }

    @Override
    public CompletableFuture<Boolean> after(Duration delay) {
        var timer = new Timer(new CompletableFuture<>());
        pending.add(timer);
        try {
            var ticking = scheduler.schedule(
                    () -> rooms.execute(() -> timer.passed.complete(true)), delay.toMillis(), TimeUnit.MILLISECONDS);
            timer.passed.whenComplete((passed, error) -> {
                pending.remove(timer);
                ticking.cancel(false);
            });
        } catch (RejectedExecutionException e) {
            stopped = true;
        }
        // Read after the timer was added, so that a concurrent stop misses none.
        if (stopped) {
            pending.remove(timer);
            timer.passed.complete(false);
        }
        return timer.passed;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Ends every pending timer with false, and every later one at once. */
    public void stop() {
        stopped = true;
        List.copyOf(pending).forEach(timer -> rooms.execute(() -> timer.passed.complete(false)));
    }
}
