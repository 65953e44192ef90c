package io.github.camelhh1.failure;

/** The key belongs to another request; nothing was sent. A request that is another needs a key of its own. */
public final class KeyReuseException extends Hh1Exception {

    public KeyReuseException(String message, Facts facts) {
        super(message, null, facts, Retry.NEVER, Billing.NOT_BILLED);
    }
}
