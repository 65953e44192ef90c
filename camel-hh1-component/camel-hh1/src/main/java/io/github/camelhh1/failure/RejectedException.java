package io.github.camelhh1.failure;

/**
 * The service refused the request, or began and failed. Never repeat it as it is.
 *
 * <p>A refusal is not billed, and has camel-http's exception as its cause. Of a run that began and failed {@link
 * #billing()} is {@link Billing#UNKNOWN}, and there is no cause, as {@link OutcomeUnknownException} has none: a retry
 * clause for HTTP must not match. The same request then gets the same failure again, until {@code hh1:forget} frees its
 * key.
 */
public final class RejectedException extends Hh1Exception {

    /** A refusal. */
    public RejectedException(String message, Throwable cause, Facts facts) {
        super(message, cause, facts, Retry.NEVER, Billing.NOT_BILLED);
    }

    /** A run that began and failed. */
    public RejectedException(String message, Facts facts) {
        super(message, null, facts, Retry.NEVER, Billing.UNKNOWN);
    }
}
