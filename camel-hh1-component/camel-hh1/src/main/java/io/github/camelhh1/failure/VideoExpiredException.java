package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;

/** The link of a finished, paid video has expired: the video is gone. Only generating, and paying, again brings one. */
public final class VideoExpiredException extends Hh1Exception {
    private final String videoUrl;

    public VideoExpiredException(String message, String videoUrl, String runId, CallIds ids) {
        super(message, null, runId, ids, Retry.NEVER, Billing.BILLED);
        this.videoUrl = videoUrl;
    }

    /** The expired link. Not part of the message. */
    public String videoUrl() {
        return videoUrl;
    }
}
