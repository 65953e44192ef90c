package io.github.camelhh1.download;

import io.github.camelhh1.async.Backoff;
import io.github.camelhh1.download.AttemptResult.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Says when an interrupted download is taken up again, and when no more. For one download. */
final class RetryPolicy {
    /** No longer than S3 lets a link live, whatever a link says of itself: one that lasts for ever ends no download. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final DownloadLimits.Retries limits;
    private @Nullable Instant end;
    private final DoubleSupplier random;
    private long reached;
    private int attempts;
    private int fruitless;

    /** @param expiry of the link; null when it does not say */
    RetryPolicy(DownloadLimits.Retries limits, @Nullable Instant expiry, DoubleSupplier random) {
        this.limits = limits;
        this.end = expiry == null ? null : expiry.minus(limits.margin());
        this.random = random;
    }

    int attempts() {
        return attempts;
    }

    /**
     * How long to wait after an attempt; null when there is to be no other.
     *
     * @param length what is here of the video now
     */
    @Nullable
    Duration delayAfter(Repeat repeat, long length, Instant now) {
        if (attempts == 0 && end != null && end.isAfter(now.plus(LONGEST))) {
            end = now.plus(LONGEST);
        }
        attempts++;
        fruitless = length > reached ? 0 : fruitless + 1;
        reached = Math.max(reached, length);
        if (repeat == Repeat.NEVER || limits.maxAttempts() <= 1) {
            return null;
        }
        if (end != null && !now.isBefore(end)) {
            return null;
        }
        boolean bounded = end == null || repeat == Repeat.A_FEW_TIMES;
        if (bounded && fruitless >= limits.maxAttempts()) {
            return null;
        }
        Duration delay = Backoff.jittered(fruitless, limits.delay(), limits.maxDelay(), random);
        // The last attempt comes at the end, not after it.
        return end == null || now.plus(delay).isBefore(end) ? delay : Duration.between(now, end);
    }
}
