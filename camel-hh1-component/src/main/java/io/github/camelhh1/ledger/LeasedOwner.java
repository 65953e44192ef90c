package io.github.camelhh1.ledger;

import java.time.Duration;

/** Lives by a lease, on the database's clock: nothing else tells a paused node from a dead one. */
final class LeasedOwner implements Owners {
    private final Database database;
    private final String owner;
    private final Duration lease;

    LeasedOwner(Database database, String owner, Duration lease) {
        this.database = database;
        this.owner = owner;
        this.lease = lease;
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
    public void renew() {
        OwnerRow.renew(database, owner, lease.toMillis());
    }

    @Override
    public void bury() {
        database.run(sql -> sql.update("delete from hh1_owner where lease_until <= :now"));
    }

    @Override
    public void close() {
        OwnerRow.delete(database, owner);
    }
}
