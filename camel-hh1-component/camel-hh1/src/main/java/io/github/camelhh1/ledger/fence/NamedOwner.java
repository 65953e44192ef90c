package io.github.camelhh1.ledger.fence;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of a session's owner, one after another: an owner that finds itself buried goes on under the next. */
public abstract class NamedOwner implements Owners {
    private static final Logger LOG = LoggerFactory.getLogger(NamedOwner.class);

    private final String session;
    private volatile String owner;
    private int buried;
    private boolean closed;

    /** The first owner has the session's name; the subclass begins its life. */
    protected NamedOwner(String session) {
        this.session = session;
        this.owner = session;
    }

    /** Begins the life of an owner of that name. */
    protected abstract void begin(String name);

    /** Keeps the owner of that name alive. False: it is buried. */
    protected abstract boolean renew(String name);

    /** Ends the life of the owner of that name. */
    protected abstract void end(String name);

    /** The owner goes on as {@code next}. */
    protected void isBuried(String next) {}

    /** {@code why}: the reason of the burial. */
    protected final void warn(String why, String next) {
        LOG.warn(
                "The ledger's owner {} was taken for dead by another node: {}. Runs it had sent are held as unknown until their"
                        + " outcome comes; it goes on as {}",
                owner,
                why,
                next);
    }

    @Override
    public final String session() {
        return session;
    }

    @Override
    public final String owner() {
        return owner;
    }

    @Override
    public final synchronized void renew() {
        if (!closed && !renew(owner)) {
            String next = session + "." + ++buried;
            begin(next);
            isBuried(next);
            owner = next;
        }
    }

    @Override
    public final synchronized void close() {
        closed = true;
        end(owner);
    }
}
