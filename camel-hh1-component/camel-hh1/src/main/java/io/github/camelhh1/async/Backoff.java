package io.github.camelhh1.async;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Delays that double from turn to turn, up to a longest one. Turns count from 1. */
public final class Backoff {
    private Backoff() {}

    public static Duration delay(int turn, Duration first, Duration longest) {
        int doublings = Math.min(Math.max(turn - 1, 0), 20);
        return Duration.ofMillis(Math.min(longest.toMillis(), first.toMillis() << doublings));
    }

    /** Between half of the delay and the whole, so that many callers do not come at the same time. */
    public static Duration jittered(int turn, Duration first, Duration longest, DoubleSupplier random) {
        long full = delay(turn, first, longest).toMillis();
        return Duration.ofMillis(full / 2 + (long) (random.getAsDouble() * (full - full / 2)));
    }
}
