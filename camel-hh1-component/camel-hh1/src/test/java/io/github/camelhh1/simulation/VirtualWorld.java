package io.github.camelhh1.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;

/** One virtual time for several nodes, each of which may be paused or dead. Nothing happens at the same time. */
final class VirtualWorld {
    /** A process as long as it lives: a restarted one is another. */
    static final class Life {
        private boolean over;
        private long pausedUntil;
        private boolean wasPaused;

        void end() {
            over = true;
        }

        boolean wasPaused() {
            return wasPaused;
        }

        boolean isOver() {
            return over;
        }
    }

    private record Event(long at, long number, Life life, Runnable action) {}

    private static final int MOST_EVENTS = 100_000;
    /** The day ends within the hour. */
    private static final Instant START = Instant.parse("2026-01-31T23:10:00Z");

    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.number, b.number));
    private final Random random;
    private long now;
    private long numbers;
    private int passed;
    private int changes;

    VirtualWorld(Random random) {
        this.random = random;
    }

    /** A statement that may change a run takes effect. */
    <T> T changing(Supplier<T> statement) {
        changes++;
        return statement.get();
    }

    int changes() {
        return changes;
    }

    long nanos() {
        return now;
    }

    static Instant start() {
        return START;
    }

    Instant instant() {
        return START.plusNanos(now);
    }

    /** From 0 to 1. */
    double chance() {
        return random.nextDouble();
    }

    /** Up to so long. */
    Duration within(Duration most) {
        return Duration.ofMillis((long) (chance() * most.toMillis()));
    }

    /** {@code life} is whose it is: it never happens when that is over, and later when it is paused; null for nobody's. */
    void after(Duration delay, Life life, Runnable action) {
        events.add(new Event(now + delay.toNanos(), numbers++, life, action));
    }

    void pause(Life life, Duration time) {
        life.pausedUntil = now + time.toNanos();
        life.wasPaused = true;
    }

    /** For so long, or until nothing is left to happen. */
    void run(Duration time, Runnable afterEach) {
        long end = now + time.toNanos();
        while (!events.isEmpty() && events.peek().at <= end) {
            if (passed++ > MOST_EVENTS) {
                throw new AssertionError("it does not come to an end");
            }
            Event next = events.poll();
            now = Math.max(now, next.at);
            if (next.life != null && next.life.over) {
                continue;
            }
            if (next.life != null && next.life.pausedUntil > now) {
                events.add(new Event(next.life.pausedUntil, numbers++, next.life, next.action));
                continue;
            }
            next.action.run();
            afterEach.run();
        }
        now = end;
    }
}
