package io.github.camelhh1.bench;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/**
 * The timers of a component under test. They ring by themselves as any others do, and earlier when the test says so:
 * a test that first waits for a charge and then lets a time-out ring is right on a machine of any speed.
 */
final class HeldTimers extends DefaultThreadPoolFactory {
    private record Timer(Duration delay, Runnable ring, Future<?> ticking) {}

    private final Queue<Timer> timers = new ConcurrentLinkedQueue<>();

    @Override
    public ScheduledExecutorService newScheduledThreadPool(ThreadPoolProfile profile, ThreadFactory threadFactory) {
        var executor = new ScheduledThreadPoolExecutor(profile.getPoolSize(), threadFactory) {
            @Override
            public ScheduledFuture<?> schedule(Runnable ring, long delay, TimeUnit unit) {
                ScheduledFuture<?> ticking = super.schedule(ring, delay, unit);
                timers.add(new Timer(Duration.of(delay, unit.toChronoUnit()), ring, ticking));
                return ticking;
            }
        };
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** The pending timers of this delay ring now, and those that had already used a part of it when they were set. */
    void ring(Duration delay) {
        timers.stream()
                .filter(timer -> timer.delay().compareTo(delay) <= 0)
                .filter(timer -> timer.delay().compareTo(delay.dividedBy(2)) > 0)
                .filter(timer -> !timer.ticking().isDone())
                .forEach(timer -> timer.ring().run());
    }

    /** The delay of every timer so far. */
    List<Duration> delays() {
        return timers.stream().map(Timer::delay).toList();
    }
}
