package io.github.camelhh1.failure;

/** No permit was free and the message was not to wait, or the component or its route is stopping. Safe to send again. */
public final class BusyException extends Hh1Exception {

    public BusyException(String message, Facts facts) {
        super(message, null, facts, Retry.SAFE, Billing.NOT_BILLED);
    }
}
