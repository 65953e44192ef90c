package io.github.camelhh1.download;

import java.time.Duration;

/**
 * How much a download may take. There is no limit on the whole of it: a slow link is no reason to lose a video that was
 * paid for.
 *
 * @param maxBytes a longer video is not kept
 */
public record DownloadLimits(long maxBytes, Link link, Retries retries) {

    /**
     * When a connection is given up for another one.
     *
     * @param idleTimeout the longest time without a byte, from the connecting on
     * @param leastBytesPerSecond fewer than that, over all of {@code window}, are too few
     */
    public record Link(Duration idleTimeout, long leastBytesPerSecond, Duration window) {
        static final Link DEFAULT = new Link(Duration.ofSeconds(60), 2048, Duration.ofSeconds(60));

        /** That must come within one window. */
        double leastBytes() {
            return leastBytesPerSecond * (window.toNanos() / 1e9);
        }
    }

    /**
     * What becomes of a download that was interrupted. It is taken up again until its link expires; one whose link does
     * not say when, and one that brings something else than the video, is given up after so many attempts in a row that
     * brought no byte more.
     *
     * @param maxAttempts in a row that bring nothing; 1: nothing is ever repeated
     * @param delay before the second attempt; doubles from there, with jitter
     * @param margin before the link's expiry, in which nothing is begun any more
     */
    public record Retries(int maxAttempts, Duration delay, Duration maxDelay, Duration margin) {
        private static final Duration MARGIN = Duration.ofSeconds(5);

        public static Retries of(int maxAttempts, Duration delay, Duration maxDelay) {
            return new Retries(maxAttempts, delay, maxDelay, MARGIN);
        }
    }

    public static DownloadLimits of(long maxVideoSize, Retries retries) {
        return new DownloadLimits(maxVideoSize, Link.DEFAULT, retries);
    }
}
