package io.github.camelhh1.generation;

import java.time.Duration;

/**
 * How long and how often a generation may be tried.
 *
 * @param generationTimeout hard end of one call
 * @param maxAttempts calls, the first included, for failures that are safe to repeat
 * @param retryDelay delay before the first repeat; doubles from there
 * @param maxRetryDelay longest delay; a longer one asked for by the service is not slept through
 * @param maxPaidAttempts attempts that may be paid before an unknown outcome is held; 1 holds the first
 */
public record Limits(
        Duration generationTimeout, int maxAttempts, Duration retryDelay, Duration maxRetryDelay, int maxPaidAttempts) {

    /** What the options default to. */
    public static final Limits DEFAULT =
            new Limits(Duration.ofMinutes(15), 4, Duration.ofSeconds(2), Duration.ofMinutes(5), 1);
}
