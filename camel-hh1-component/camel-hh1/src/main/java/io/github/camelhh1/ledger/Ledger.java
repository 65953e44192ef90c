package io.github.camelhh1.ledger;

/**
 * Remembers every run before its first byte leaves, so that one request is paid at most once, also after a crash and a
 * repeated delivery. Its runs are shared by all that open it: components, Camel contexts, JVMs, machines.
 *
 * <p>Safe for use by many threads. {@link Ledgers} makes the ledgers that come with the component. For one of your own the
 * same holds: every method of a session is atomic, and its change is on disk when it returns.
 *
 * <p><b>Preview</b>: this port may change before version 1.0.
 */
public interface Ledger {

    /**
     * Opens a session: an owner of its own.
     *
     * @throws LedgerException when it cannot be reached, or was written by a newer version
     */
    LedgerSession open();

    /** Whether it outlives this JVM. */
    boolean isDurable();

    /**
     * Whether its statements may become part of a transaction that is bound to the calling thread. The component then runs
     * them on threads of its own, so that no route commits them late or rolls them back.
     */
    default boolean joinsTransactions() {
        return isDurable();
    }

    /** Its name, for people: no password, no query string. */
    @Override
    String toString();
}
