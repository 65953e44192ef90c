package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.fence.Owners;
import java.time.Duration;

/** Lives by a lease, on the database's clock: nothing else tells a paused node from a dead one. */
class LeasedOwner extends Owners.Named {
    final Database database;
    private final Database renewing;
    private final Duration lease;

    /** @param renewing connections that wait for no other work */
    LeasedOwner(Database database, Database renewing, String session, Duration lease) {
        this(database, renewing, session, lease, "its lease was not renewed in time");
    }

    LeasedOwner(Database database, Database renewing, String session, Duration lease, String burial) {
        super(session, burial);
        this.database = database;
        this.renewing = renewing;
        this.lease = lease;
    }

    /** Begins its life, under the session's name. */
    final LeasedOwner begun() {
        begin(owner());
        return this;
    }

    static void insert(Database database, String owner, Duration lease) {
        database.update(
                "insert into hh1_owner (owner, format, lease_until, renewed_at)"
                        + " select ?, cast(? as integer), :now + ?, :now",
                owner,
                Schema.VERSION,
                lease.toMillis());
    }

    static void delete(Database database, String owner) {
        database.update("delete from hh1_owner where owner = ?", owner);
    }

    @Override
    protected void begin(String name) {
        insert(renewing, name, lease);
    }

    /**
     * A renewal that takes effect after the next one shortens no lease. A lease that ends later than any renewal can say,
     * because the database's clock was ahead, is set right.
     */
    @Override
    protected boolean renew(String name) {
        long millis = lease.toMillis();
        return renewing.update(
                        "update hh1_owner set renewed_at = :now, lease_until = case when lease_until > :now + ?"
                                + " and lease_until < :now + ? then lease_until else :now + ? end where owner = ?",
                        millis,
                        2 * millis,
                        millis,
                        name)
                == 1;
    }

    @Override
    protected void end(String name) {
        try {
            delete(renewing, name);
        } finally {
            if (renewing != database) {
                renewing.close();
            }
        }
    }

    @Override
    public Duration lease() {
        return lease;
    }

    /**
     * A lease that was renewed meanwhile has not run out: the database looks again before it deletes. An owner does not
     * bury itself: while no other has, it may still renew.
     */
    @Override
    public void bury() {
        database.update("delete from hh1_owner where lease_until <= :now and owner <> ?", owner());
    }
}
