package io.github.camelhh1.generation;

import java.time.Duration;

/**
 * When an attempt must be over.
 *
 * @param limit the option generationTimeout
 * @param since when the attempt began, on the monotonic clock
 */
record Deadline(Duration limit, long since) {

    /** Negative when it has passed. */
    Duration left(long now) {
        return limit.minusNanos(now - since);
    }

    @Override
    public String toString() {
        return "generationTimeout (" + limit + ")";
    }
}
