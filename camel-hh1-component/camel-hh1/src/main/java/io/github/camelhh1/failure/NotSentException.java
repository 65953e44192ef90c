package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;
import org.jspecify.annotations.Nullable;

/**
 * The request provably did not start, for example because there was no connection, DNS answer or TLS. Safe to send
 * again.
 */
public final class NotSentException extends Hh1Exception {

    public NotSentException(String message, @Nullable Throwable cause, String runId, CallIds ids) {
        super(message, cause, runId, ids, Retry.SAFE, Billing.NOT_BILLED);
    }
}
