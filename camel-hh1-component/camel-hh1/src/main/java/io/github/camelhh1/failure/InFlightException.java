package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;

/** Another node is at work on the same request, so this one was not sent. Send it again later: it then gets the answer of the other, or is sent. */
public final class InFlightException extends Hh1Exception {

    public InFlightException(String message, String runId, CallIds ids) {
        super(message, null, runId, ids, Retry.AFTER, Billing.UNKNOWN);
    }
}
