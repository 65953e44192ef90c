package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.fence.NamedOwner;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Lives as long as its process holds a lock on a file beside the database: the operating system frees it however the
 * process ends, so that a restart need not wait for anything.
 */
final class LockingOwner extends NamedOwner {
    /** A hundred years: its row says only that it has not been buried. */
    private static final long LONG = Duration.ofDays(36_500).toMillis();

    private final Database database;
    private final Path file;
    private LifeLock life;

    /**
     * {@code file}: the database. Its connection is the session's: nobody takes this owner for dead while a renewal waits,
     * and a second connection would hold on to a log that was deleted beside the file.
     */
    LockingOwner(Database database, Path file, String session) {
        super(session);
        this.database = database;
        this.file = file;
        this.life = begun(session);
    }

    private LifeLock begun(String name) {
        LifeLock lock = LifeLock.take(lockFile(name));
        try {
            OwnerRow.insert(database, name, LONG);
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private Path lockFile(String name) {
        return Path.of(file + "." + name + ".lock");
    }

    @Override
    public Duration lease() {
        return Duration.ZERO;
    }

    @Override
    protected void begin(String name) {
        LifeLock lock = begun(name);
        life.close();
        life = lock;
    }

    /** Also shows whether the ledger can be written. */
    @Override
    protected boolean renew(String name) {
        return OwnerRow.renew(database, name, LONG);
    }

    @Override
    protected void isBuried(String next) {
        warn("its lock file beside the database was removed", next);
    }

    @Override
    public void bury() {
        for (String other : database.run(
                sql -> sql.select(row -> row.getString(1), "select owner from hh1_owner where owner <> ?", owner()))) {
            if (LifeLock.isFree(lockFile(other))) {
                OwnerRow.delete(database, other);
                LifeLock.remove(lockFile(other));
            }
        }
    }

    @Override
    protected void end(String name) {
        try {
            OwnerRow.delete(database, name);
        } finally {
            life.close();
        }
    }
}
