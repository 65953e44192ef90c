package io.github.camelhh1.video;

import java.time.Duration;

/**
 * How much a download may take.
 *
 * @param maxBytes a longer video is not kept
 * @param idleTimeout the longest time without a byte, from the connecting on; there is no limit on the whole, because a
 *     slow link is no reason to lose a video that was paid for
 */
public record DownloadLimits(long maxBytes, Duration idleTimeout) {
    private static final Duration IDLE = Duration.ofSeconds(60);

    public static DownloadLimits of(long maxVideoSize) {
        return new DownloadLimits(maxVideoSize, IDLE);
    }
}
