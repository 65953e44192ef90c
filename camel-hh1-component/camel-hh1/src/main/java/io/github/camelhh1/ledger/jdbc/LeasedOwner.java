package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.fence.NamedOwner;
import java.time.Duration;

/** Lives by a lease, on the database's clock: nothing else tells a paused node from a dead one. */
final class LeasedOwner extends NamedOwner {
    private final Database database;
    private final Database renewing;
    private final Duration lease;

    /** {@code renewing}: connections that wait for no other work. */
    LeasedOwner(Database database, Database renewing, String session, Duration lease) {
        super(session);
        this.database = database;
        this.renewing = renewing;
        this.lease = lease;
        begin(session);
    }

    @Override
    protected void begin(String name) {
        OwnerRow.insert(renewing, name, lease.toMillis());
    }

    @Override
    protected boolean renew(String name) {
        return OwnerRow.renew(renewing, name, lease.toMillis());
    }

    @Override
    protected void isBuried(String next) {
        warn("its lease was not renewed in time", next);
    }

    @Override
    public Duration lease() {
        return lease;
    }

    /**
     * A lease that was renewed meanwhile has not run out: the database looks again before it deletes. An owner does not bury
     * itself: while no other has, it may still renew.
     */
    @Override
    public void bury() {
        database.run(sql -> sql.update("delete from hh1_owner where lease_until <= :now and owner <> ?", owner()));
    }

    @Override
    protected void end(String name) {
        try {
            OwnerRow.delete(renewing, name);
        } finally {
            renewing.close();
        }
    }
}
