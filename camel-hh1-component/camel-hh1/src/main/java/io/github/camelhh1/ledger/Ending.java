package io.github.camelhh1.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an attempt that brought no video.
 *
 * @param reason one cleaned line
 * @param httpStatus of the answer
 * @param code the service's own
 * @param logId {@code cf-aig-log-id}
 * @param rayId {@code cf-ray}
 */
public record Ending(
        String reason,
        @Nullable Integer httpStatus,
        @Nullable String code,
        @Nullable String logId,
        @Nullable String rayId) {

    public static Ending of(String reason) {
        return new Ending(reason, null, null, null, null);
    }
}
