package io.github.camelhh1.staging;

import java.time.Duration;

/**
 * How long the URL of a staged image must live.
 *
 * @param needed by one message: all its attempts, and the delays between them
 * @param whole from the put on: a message may come as late as one call takes, and use the URL of an earlier one
 */
public record LinkLife(Duration needed, Duration whole) {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    public static LinkLife of(Duration generationTimeout, int maxAttempts, Duration maxRetryDelay) {
        Duration needed = generationTimeout
                .multipliedBy(maxAttempts)
                .plus(maxRetryDelay.multipliedBy(maxAttempts - 1L))
                .plus(CLOCKS_DIFFER);
        return new LinkLife(needed, needed.plus(generationTimeout));
    }
}
