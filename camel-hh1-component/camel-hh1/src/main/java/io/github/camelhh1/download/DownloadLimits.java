package io.github.camelhh1.download;

import java.time.Duration;

/**
 * The limits of a download. The whole time has no limit, so that a slow connection does not lose a paid video.
 *
 * <p>An interrupted download is resumed until its link expires. If the link names no expiry, or the server sends
 * something other than the video, the download ends after {@code maxAttempts} attempts in a row that bring no further
 * byte.
 *
 * @param maxBytes a longer video is not kept
 * @param maxAttempts in a row that bring nothing; 1: nothing is ever repeated
 * @param delay before the second attempt; doubles from there, with jitter
 */
public record DownloadLimits(long maxBytes, int maxAttempts, Duration delay, Duration maxDelay, Link link) {

    public DownloadLimits(long maxBytes, int maxAttempts, Duration delay, Duration maxDelay) {
        this(maxBytes, maxAttempts, delay, maxDelay, Link.DEFAULT);
    }

    /**
     * When a connection is given up for another one.
     *
     * @param idleTimeout the longest time without a byte, from the connecting on
     * @param leastBytesPerSecond fewer than that, over all of {@code window}, are too few
     */
    record Link(Duration idleTimeout, long leastBytesPerSecond, Duration window) {
        static final Link DEFAULT = new Link(Duration.ofSeconds(60), 2048, Duration.ofSeconds(60));

        /** The least that must come within one window. */
        double leastBytes() {
            return leastBytesPerSecond * (window.toNanos() / 1e9);
        }
    }
}
