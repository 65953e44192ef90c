package io.github.camelhh1.failure;

/** The link of a finished, paid video has expired: the video is gone. Only generating, and paying, again brings one. */
public final class VideoExpiredException extends Hh1Exception {
    private final String videoUrl;

    public VideoExpiredException(String message, String videoUrl, Facts facts) {
        super(message, null, facts, Retry.NEVER, Billing.BILLED);
        this.videoUrl = videoUrl;
    }

    /** The expired link. Not part of the message. */
    public String videoUrl() {
        return videoUrl;
    }
}
