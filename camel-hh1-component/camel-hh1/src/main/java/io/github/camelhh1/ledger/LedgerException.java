package io.github.camelhh1.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger could not be read or written. The message names the remedy, and holds no password. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean perhapsDone;

    public LedgerException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private LedgerException(String message, @Nullable Throwable cause, boolean perhapsDone) {
        super(message, cause);
        this.perhapsDone = perhapsDone;
    }

    /** The same failure, of an operator's change that may have taken place, or may yet. */
    public LedgerException perhapsDone() {
        return new LedgerException(String.valueOf(getMessage()), this, true);
    }

    /** Whether the change of an operator may have taken place, or may yet. */
    public boolean isPerhapsDone() {
        return perhapsDone;
    }
}
