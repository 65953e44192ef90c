package io.github.camelhh1.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** A ledger in a database. */
final class JdbcLedger implements Ledger {
    private final String name;
    private final Duration lease;
    private final Supplier<Database> connect;

    /** {@code connect} makes the connections of one session. */
    JdbcLedger(String name, Duration lease, Supplier<Database> connect) {
        this.name = name;
        this.lease = lease;
        this.connect = connect;
    }

    @Override
    public LedgerSession open() {
        Database database = connect.get();
        try {
            Schema.ensure(database);
            Path file = SqliteUrl.fileOf(database);
            String owner = UUID.randomUUID().toString();
            Owners owners =
                    file == null ? new LeasedOwner(database, owner, lease) : new LockingOwner(database, file, owner);
            return opened(database, owners);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static LedgerSession opened(Database database, Owners owners) {
        var session = new JdbcSession(database, owners);
        try {
            session.renew();
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
