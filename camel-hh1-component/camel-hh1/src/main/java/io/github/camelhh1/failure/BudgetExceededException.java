package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;

/** Sending it could pass a cap of the day; nothing was sent. Send it again once the day (UTC) is over, or with a higher cap. */
public final class BudgetExceededException extends Hh1Exception {

    public BudgetExceededException(String message, String runId, CallIds ids) {
        super(message, null, runId, ids, Retry.AFTER, Billing.NOT_BILLED);
    }
}
