package io.github.camelhh1.download;

import io.github.camelhh1.async.Backoff;
import io.github.camelhh1.download.DownloadResult.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Decides when an interrupted download is resumed, and when no more. For one download. */
final class RetryPolicy {
    /** S3 lets no link live longer. A link that names a later expiry, or none that ever comes, is bounded by it. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Before the link's expiry: then no attempt begins any more. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final DownloadLimits limits;
    private final DoubleSupplier random;
    private @Nullable Instant end;
    private long reached;
    private int attempts;
    private int fruitless;

    /** @param expiry of the link; null when it does not say */
    RetryPolicy(DownloadLimits limits, @Nullable Instant expiry, DoubleSupplier random) {
        this.limits = limits;
        this.end = expiry == null ? null : expiry.minus(MARGIN);
        this.random = random;
    }

    int attempts() {
        return attempts;
    }

    /**
     * The time to wait after an attempt; null when no other follows.
     *
     * @param length of the part of the video that is here
     */
    @Nullable
    Duration delayAfter(Repeat repeat, long length, Instant now) {
        if (attempts == 0 && end != null && end.isAfter(now.plus(LONGEST))) {
            end = now.plus(LONGEST);
        }
        attempts++;
        fruitless = length > reached ? 0 : fruitless + 1;
        reached = Math.max(reached, length);
        boolean bounded = end == null || repeat == Repeat.A_FEW_TIMES;
        if (repeat == Repeat.NEVER
                || limits.maxAttempts() <= 1
                || (end != null && !now.isBefore(end))
                || (bounded && fruitless >= limits.maxAttempts())) {
            return null;
        }
        Duration delay = Backoff.jittered(fruitless, limits.delay(), limits.maxDelay(), random);
        // The last attempt comes at the end, not after it.
        return end == null || now.plus(delay).isBefore(end) ? delay : Duration.between(now, end);
    }
}
