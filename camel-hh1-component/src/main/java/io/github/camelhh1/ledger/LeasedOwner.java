package io.github.camelhh1.ledger;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lives by a lease, on the database's clock: nothing else tells a paused node from a dead one. */
final class LeasedOwner implements Owners {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedOwner.class);
    private final Database database;
    private final Database renewing;
    private final String session;
    private final Duration lease;
    private volatile String owner;
    private int buried;
    private boolean closed;

    /** {@code renewing}: connections that wait for no other work. */
    LeasedOwner(Database database, Database renewing, String session, Duration lease) {
        this.database = database;
        this.renewing = renewing;
        this.session = session;
        this.lease = lease;
        this.owner = session;
        OwnerRow.insert(renewing, session, lease.toMillis());
    }

    @Override
    public String session() {
        return session;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public synchronized void renew() {
        if (!closed && !OwnerRow.renew(renewing, owner, lease.toMillis())) {
            String next = session + "." + ++buried;
            OwnerRow.insert(renewing, next, lease.toMillis());
            LOG.warn(
                    "The ledger's owner {} was taken for dead by another node: its lease was not renewed in time. Runs it had sent are held as"
                            + " unknown until their outcome comes; it goes on as {}",
                    owner,
                    next);
            owner = next;
        }
    }

    /**
     * A lease that was renewed meanwhile has not run out: the database looks again before it deletes. An owner does not bury
     * itself: while no other has, it may still renew.
     */
    @Override
    public void bury() {
        database.run(sql -> sql.update("delete from hh1_owner where lease_until <= :now and owner <> ?", owner));
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            OwnerRow.delete(renewing, owner);
        } finally {
            renewing.close();
        }
    }
}
