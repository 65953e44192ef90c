package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;
import org.jspecify.annotations.Nullable;

/** The request provably did not start: no connection, no DNS answer, no TLS. Safe to send again. */
public final class NotSentException extends Hh1Exception {

    public NotSentException(String message, @Nullable Throwable cause, String runId, CallIds ids) {
        super(message, cause, runId, ids, Retry.SAFE, Billing.NOT_BILLED);
    }
}
