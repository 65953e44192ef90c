package io.github.camelhh1.ledger;

/**
 * Remembers every run before its first byte leaves, so that one request is paid at most once, whatever crashes and
 * whoever delivers it again. What it holds belongs to all that open it: components, Camel contexts, JVMs, machines.
 *
 * <p>Safe for use by many threads. {@link Ledgers} makes the ones that come with the component; one of your own must pass
 * the same contract: every method of a session is atomic and is on disk when it returns.
 *
 * <p><b>Preview</b>: this port may change before version 1.0.
 */
public interface Ledger {

    /**
     * Begins to work with it, as an owner of its own.
     *
     * @throws LedgerException when it cannot be reached, or was written by a newer version
     */
    LedgerSession open();

    /** Whether it outlives this JVM. */
    boolean isDurable();

    /**
     * Whether a transaction that is bound to the calling thread may take its statements in. The component then makes them
     * on threads of its own, so that no route commits them late or rolls them back.
     */
    default boolean joinsTransactions() {
        return isDurable();
    }

    /** What it is, for people: no password, no query string. */
    @Override
    String toString();
}
