package io.github.camelhh1.failure;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the call that failed; everything but the run may be missing.
 *
 * @param runId the run, as operators quote it; empty when the message named no request yet
 * @param code the service's own code, a number or a word
 * @param httpStatus status of the last answer
 * @param logId {@code cf-aig-log-id}
 * @param rayId {@code cf-ray}
 */
public record Facts(
        String runId,
        @Nullable String code,
        @Nullable Integer httpStatus,
        @Nullable String logId,
        @Nullable String rayId)
        implements Serializable {

    /** Nothing but the run. */
    public static Facts of(String runId) {
        return new Facts(runId, null, null, null, null);
    }
}
