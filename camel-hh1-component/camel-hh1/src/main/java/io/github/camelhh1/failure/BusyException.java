package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;

/** No permit was free and the message was not to wait, or the component or its route is stopping. Safe to send again. */
public final class BusyException extends Hh1Exception {

    public BusyException(String message, String runId, CallIds ids) {
        super(message, null, runId, ids, Retry.SAFE, Billing.NOT_BILLED);
    }
}
