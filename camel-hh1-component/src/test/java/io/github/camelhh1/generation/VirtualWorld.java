package io.github.camelhh1.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** One virtual time for several nodes, each of which may be paused or dead. Nothing happens at the same time. */
final class VirtualWorld {
    /** A node as long as it lives: a restarted one is another. */
    static final class Life {
        private boolean dead;
        private long pausedUntil;

        void end() {
            dead = true;
        }

        boolean isOver() {
            return dead;
        }
    }

    private record Event(long at, long number, Life life, Runnable action) {}

    private static final int MOST_EVENTS = 100_000;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.number, b.number));
    private long now;
    private long numbers;

    long nanos() {
        return now;
    }

    Instant instant() {
        return Instant.parse("2026-01-31T20:00:00Z").plusNanos(now);
    }

    /** {@code life} is whose it is: it never happens when that is over, and later when it is paused; null for nobody's. */
    void after(Duration delay, Life life, Runnable action) {
        events.add(new Event(now + delay.toNanos(), numbers++, life, action));
    }

    void pause(Life life, Duration time) {
        life.pausedUntil = now + time.toNanos();
    }

    /** Until nothing is left to happen, or that time has come. */
    void run(Duration until, Runnable afterEach) {
        for (int i = 0; !events.isEmpty() && events.peek().at <= until.toNanos(); i++) {
            if (i > MOST_EVENTS) {
                throw new AssertionError("it does not come to an end");
            }
            Event next = events.poll();
            now = Math.max(now, next.at);
            if (next.life != null && next.life.dead) {
                continue;
            }
            if (next.life != null && next.life.pausedUntil > now) {
                events.add(new Event(next.life.pausedUntil, numbers++, next.life, next.action));
                continue;
            }
            next.action.run();
            afterEach.run();
        }
    }
}
