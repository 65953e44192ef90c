package io.github.camelhh1.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger could not be read or written. The message says what to do about it, and holds no password. */
public final class LedgerException extends RuntimeException {

    public LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
