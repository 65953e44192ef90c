package io.github.camelhh1.failure;

/** Sending it could pass a cap of the day; nothing was sent. Send it again once the day (UTC) is over, or with a higher cap. */
public final class BudgetExceededException extends Hh1Exception {

    public BudgetExceededException(String message, Facts facts) {
        super(message, null, facts, Retry.AFTER, Billing.NOT_BILLED);
    }
}
