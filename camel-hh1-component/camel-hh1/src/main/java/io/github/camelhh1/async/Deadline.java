package io.github.camelhh1.async;

import java.time.Duration;

/**
 * When an attempt must be over.
 *
 * @param limit the option generationTimeout
 * @param since when the attempt began, on the monotonic clock
 */
public record Deadline(Duration limit, long since) {

    /** Negative when it has passed. */
    public Duration left(long now) {
        return limit.minusNanos(now - since);
    }

    @Override
    public String toString() {
        return "generationTimeout (" + limit + ")";
    }
}
