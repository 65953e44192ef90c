package io.github.camelhh1.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The ending of an attempt that brought no video.
 *
 * @param reason one cleaned line
 * @param httpStatus of the answer
 * @param code the service's own
 * @param logId {@code cf-aig-log-id}
 * @param rayId {@code cf-ray}
 * @param link the whole link of a video, signature included, which cannot be fetched as it is but may have been paid for;
 *     null when there is none
 */
public record Ending(
        String reason,
        @Nullable Integer httpStatus,
        @Nullable String code,
        @Nullable String logId,
        @Nullable String rayId,
        @Nullable String link) {

    public Ending(
            String reason,
            @Nullable Integer httpStatus,
            @Nullable String code,
            @Nullable String logId,
            @Nullable String rayId) {
        this(reason, httpStatus, code, logId, rayId, null);
    }

    public static Ending of(String reason) {
        return new Ending(reason, null, null, null, null);
    }

    /** The same ending with this link, or without one. */
    public Ending link(@Nullable String known) {
        return new Ending(reason, httpStatus, code, logId, rayId, known);
    }
}
