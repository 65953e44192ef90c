package io.github.camelhh1.ledger;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The answer's status and ids, by which operators and the service's support find a call; each may be missing.
 *
 * @param httpStatus status of the last answer
 * @param code the service's own code, a number or a word
 * @param logId {@code cf-aig-log-id}
 * @param rayId {@code cf-ray}
 */
public record CallIds(
        @Nullable Integer httpStatus,
        @Nullable String code,
        @Nullable String logId,
        @Nullable String rayId) implements Serializable {

    public static final CallIds NONE = ofStatus(null);

    public static CallIds ofStatus(@Nullable Integer httpStatus) {
        return new CallIds(httpStatus, null, null, null);
    }

    public CallIds code(@Nullable String found) {
        return new CallIds(httpStatus, found, logId, rayId);
    }
}
