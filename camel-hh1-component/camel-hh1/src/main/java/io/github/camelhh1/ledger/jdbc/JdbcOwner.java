package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.fence.Owners;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An owner with a row in {@code hh1_owner}.
 *
 * <p>In a server's database it lives by a lease, on the database's clock: nothing else tells a paused node from a dead
 * one. In a SQLite file it lives as long as its process holds a lock on a file beside the database: the operating
 * system frees the lock however the process ends, so that a restart need not wait for anything.
 */
final class JdbcOwner extends Owners.Named {
    /** The lease of an owner that lives by a lock: its row means only that it has not been buried. */
    private static final Duration A_HUNDRED_YEARS = Duration.ofDays(36_500);

    private final Database database;
    private final Database renewing;
    private final Duration lease;
    private final @Nullable Path file;
    private @Nullable LifeLock life;

    private JdbcOwner(
            Database database, Database renewing, String session, Duration lease, @Nullable Path file, String burial) {
        super(session, burial);
        this.database = database;
        this.renewing = renewing;
        this.lease = lease;
        this.file = file;
        begin(session);
    }

    /** @param renewing connections that wait for no other work; closed with the owner */
    static JdbcOwner leased(Database database, Database renewing, String session, Duration lease) {
        return new JdbcOwner(database, renewing, session, lease, null, "its lease was not renewed in time");
    }

    /**
     * It renews on the session's connection: no other owner takes it for dead while a renewal waits, and a second
     * connection would hold on to a log that was deleted beside the file.
     *
     * @param file the database
     */
    static JdbcOwner locking(Database database, Path file, String session) {
        return new JdbcOwner(
                database, database, session, A_HUNDRED_YEARS, file, "its lock file beside the database was removed");
    }

    static void insert(Database database, String owner, Duration lease) {
        database.update(
                "insert into hh1_owner (owner, format, lease_until, renewed_at)"
                        + " select ?, cast(? as integer), :now + ?, :now",
                owner,
                Schema.VERSION,
                lease.toMillis());
    }

    private static void delete(Database database, String owner) {
        database.update("delete from hh1_owner where owner = ?", owner);
    }

    @Override
    protected void begin(String name) {
        LifeLock lock = file == null ? null : LifeLock.take(LifeLock.file(file, name));
        try {
            insert(renewing, name, lease);
        } catch (RuntimeException e) {
            close(lock);
            throw e;
        }
        close(life);
        life = lock;
    }

    private static void close(@Nullable LifeLock lock) {
        if (lock != null) {
            lock.close();
        }
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
            close(life);
            if (renewing != database) {
                renewing.close();
            }
        }
    }

    @Override
    public Duration lease() {
        return file == null ? lease : Duration.ZERO;
    }

    /**
     * A lease that was renewed meanwhile has not run out: the database looks again before it deletes. An owner does not
     * bury itself: while no other has, it may still renew.
     */
    @Override
    public void bury() {
        if (file == null) {
            database.update("delete from hh1_owner where lease_until <= :now and owner <> ?", owner());
            return;
        }
        for (String other : database.texts("select owner from hh1_owner where owner <> ?", owner())) {
            Path lock = LifeLock.file(file, other);
            if (LifeLock.isFree(lock)) {
                delete(database, other);
                LifeLock.remove(lock);
            }
        }
    }
}
