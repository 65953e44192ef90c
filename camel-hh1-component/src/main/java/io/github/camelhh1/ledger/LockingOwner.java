package io.github.camelhh1.ledger;

import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lives as long as its process holds a lock on a file beside the database: the operating system frees it however the
 * process ends, so that a restart need not wait for anything.
 */
final class LockingOwner implements Owners {
    private static final Logger LOG = LoggerFactory.getLogger(LockingOwner.class);
    /** A hundred years: its row says only that it has not been buried. */
    private static final long LONG = Duration.ofDays(36_500).toMillis();

    private final Database database;
    private final Path file;
    private final String session;
    private volatile String owner;
    private LifeLock life;
    private int buried;
    private boolean closed;

    /**
     * {@code file}: the database. Its connection is the session's: nobody takes this owner for dead while a renewal waits,
     * and a second connection would hold on to a log that was deleted beside the file.
     */
    LockingOwner(Database database, Path file, String session) {
        this.database = database;
        this.file = file;
        this.session = session;
        this.owner = session;
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
    public String session() {
        return session;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Duration lease() {
        return Duration.ZERO;
    }

    /** Also shows whether the ledger can be written. */
    @Override
    public synchronized void renew() {
        if (!closed && !OwnerRow.renew(database, owner, LONG)) {
            String next = session + "." + ++buried;
            LifeLock lock = begun(next);
            life.close();
            life = lock;
            LOG.warn(
                    "The ledger's owner {} was taken for dead by another node: its lock file beside the database was removed. Runs it had sent are held as"
                            + " unknown until their outcome comes; it goes on as {}",
                    owner,
                    next);
            owner = next;
        }
    }

    @Override
    public void bury() {
        for (String other : database.run(
                sql -> sql.select(row -> row.getString(1), "select owner from hh1_owner where owner <> ?", owner))) {
            if (LifeLock.isFree(lockFile(other))) {
                OwnerRow.delete(database, other);
                LifeLock.remove(lockFile(other));
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            OwnerRow.delete(database, owner);
        } finally {
            life.close();
        }
    }
}
