package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.fence.FencedSession;
import io.github.camelhh1.ledger.fence.Owners;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ledger in a database. */
public final class JdbcLedger implements Ledger {
    private final String name;
    private final Duration lease;
    private final boolean joins;
    private final Supplier<Database> connect;
    private final Supplier<Database> connectToRenew;

    /**
     * {@code connect} makes the connections of one session, {@code connectToRenew} the one that renews its lease, which
     * must wait for none of the others. {@code joins}: whether they may be those of somebody's transaction.
     */
    public JdbcLedger(
            String name, Duration lease, boolean joins, Supplier<Database> connect, Supplier<Database> connectToRenew) {
        this.name = name;
        this.lease = lease;
        this.joins = joins;
        this.connect = connect;
        this.connectToRenew = connectToRenew;
    }

    @Override
    public LedgerSession open() {
        Database database = connect.get();
        try {
            Durability.ensure(database);
            Path file = SqliteUrl.fileOf(database);
            Schema.ensure(database, file);
            return new FencedSession(new JdbcStore(database), owner(database, file));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private Owners owner(Database database, @Nullable Path file) {
        String session = UUID.randomUUID().toString();
        if (file != null) {
            return new LockingOwner(database, file, session);
        }
        Database renewing = connectToRenew.get();
        try {
            return new LeasedOwner(database, renewing, session, lease);
        } catch (RuntimeException e) {
            renewing.close();
            throw e;
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public boolean joinsTransactions() {
        return joins;
    }

    @Override
    public String toString() {
        return name;
    }
}
