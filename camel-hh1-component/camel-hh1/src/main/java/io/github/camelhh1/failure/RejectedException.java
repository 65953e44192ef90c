package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;

/**
 * The service refused the request, or began and failed. Never repeat it as it is.
 *
 * <p>A refusal is not billed, and has camel-http's exception as its cause. For a run that began and failed, {@link
 * #billing()} is {@link Billing#UNKNOWN}. The exception then has no cause, because a retry clause for HTTP must not
 * match. The same request then gets the same failure again, until {@code hh1:forget} frees its key.
 */
public final class RejectedException extends Hh1Exception {

    /** A refusal. */
    public RejectedException(String message, Throwable cause, String runId, CallIds ids) {
        super(message, cause, runId, ids, Retry.NEVER, Billing.NOT_BILLED);
    }

    /** A run that began and failed. */
    public RejectedException(String message, String runId, CallIds ids) {
        super(message, null, runId, ids, Retry.NEVER, Billing.UNKNOWN);
    }
}
