package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The service asked to send later, and all attempts were used up or the delay it asked for is too long to wait. */
public final class ThrottledException extends Hh1Exception {
    private final @Nullable Duration retryAfter;

    public ThrottledException(
            String message, Throwable cause, @Nullable Duration retryAfter, String runId, CallIds ids) {
        super(message, cause, runId, ids, Retry.AFTER, Billing.NOT_BILLED);
        this.retryAfter = retryAfter;
    }

    /** How long the service asked to wait; null when it did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
