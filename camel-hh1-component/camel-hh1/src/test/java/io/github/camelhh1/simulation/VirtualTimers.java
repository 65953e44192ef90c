package io.github.camelhh1.simulation;

import io.github.camelhh1.async.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Time that passes when the test says so. */
public final class VirtualTimers implements Timers {
    private record Timer(long at, CompletableFuture<Boolean> passed) {}

    private final List<Timer> pending = new ArrayList<>();
    private final List<Duration> asked = new ArrayList<>();
    private long now = 1;
    private boolean stopped;

    @Override
    public CompletableFuture<Boolean> after(Duration delay) {
        asked.add(delay);
        var timer = new Timer(now + delay.toNanos(), new CompletableFuture<>());
        if (stopped) {
            timer.passed.complete(false);
        }
        pending.add(timer);
        return timer.passed;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Lets time pass, and everything happen that was to happen meanwhile. */
    public void pass(Duration time) {
        long end = now + time.toNanos();
        for (Timer next = next(end); next != null; next = next(end)) {
            now = Math.max(now, next.at);
            pending.remove(next);
            next.passed.complete(true);
        }
        now = end;
    }

    private Timer next(long end) {
        pending.removeIf(timer -> timer.passed.isDone());
        return pending.stream()
                .filter(timer -> timer.at <= end)
                .min(Comparator.comparingLong(Timer::at))
                .orElse(null);
    }

    /** As in a component that stops: every pending timer ends, and every later one at once. */
    public void stop() {
        stopped = true;
        List.copyOf(pending).forEach(timer -> timer.passed.complete(false));
        pending.clear();
    }

    /** Every delay ever asked for, in order. */
    public List<Duration> asked() {
        return asked;
    }

    public int pending() {
        pending.removeIf(timer -> timer.passed.isDone());
        return pending.size();
    }
}
