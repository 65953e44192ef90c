package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.Ending;
import org.jspecify.annotations.Nullable;

/**
 * What a call left behind, for people and for logs.
 *
 * @param attempts requests that left for the service
 * @param httpStatus status of the last answer
 * @param code the service's own code, a number or a word
 * @param logId {@code cf-aig-log-id}
 * @param rayId {@code cf-ray}
 * @param cacheStatus {@code cf-aig-cache-status}
 * @param answer text of the last answer, as far as it was read
 */
public record Trace(
        int attempts,
        @Nullable Integer httpStatus,
        @Nullable String code,
        @Nullable String logId,
        @Nullable String rayId,
        @Nullable String cacheStatus,
        @Nullable String answer) {

    /** Nothing left. */
    public static final Trace NONE = new Trace(0, null, null, null, null, null, null);

    /** One request left and nothing came back. */
    public static final Trace UNANSWERED = NONE.attempts(1);

    /** What the ledger still knows of an earlier call. */
    public static Trace of(@Nullable Ending ending) {
        return ending == null
                ? NONE
                : new Trace(0, ending.httpStatus(), ending.code(), ending.logId(), ending.rayId(), null, null);
    }

    public Trace attempts(int count) {
        return new Trace(count, httpStatus, code, logId, rayId, cacheStatus, answer);
    }

    public Trace code(@Nullable String found) {
        return new Trace(attempts, httpStatus, found, logId, rayId, cacheStatus, answer);
    }
}
