package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;

/** The key belongs to another request; nothing was sent. Another request needs a key of its own. */
public final class KeyReuseException extends Hh1Exception {

    public KeyReuseException(String message, String runId, CallIds ids) {
        super(message, null, runId, ids, Retry.NEVER, Billing.NOT_BILLED);
    }
}
