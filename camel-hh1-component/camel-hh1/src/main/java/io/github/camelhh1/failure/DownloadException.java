package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;
import org.jspecify.annotations.Nullable;

/**
 * A finished, paid video could not be fetched. Send the link to {@code hh1:download} again; never generate again for
 * it.
 *
 * <p>It has no cause, because a retry clause for I/O around {@code hh1:generate} must not match. The failure behind it
 * is a suppressed exception.
 */
public final class DownloadException extends Hh1Exception {
    private final String videoUrl;

    public DownloadException(String message, @Nullable Throwable failure, String videoUrl, String runId, CallIds ids) {
        super(message, null, runId, ids, Retry.SAFE, Billing.BILLED);
        this.videoUrl = videoUrl;
        if (failure != null) {
            addSuppressed(failure);
        }
    }

    /** The whole link, signature included: keep it, for the video behind it is paid. Not part of the message. */
    public String videoUrl() {
        return videoUrl;
    }
}
