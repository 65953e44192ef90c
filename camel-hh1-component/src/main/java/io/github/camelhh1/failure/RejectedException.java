package io.github.camelhh1.failure;

/** The service refused the request, or tried and failed; then whether it is billed is unknown. Never repeat it as it is. */
public final class RejectedException extends Hh1Exception {

    public RejectedException(String message, Throwable cause, Billing billing, Facts facts) {
        super(message, cause, facts, Retry.NEVER, billing);
    }
}
