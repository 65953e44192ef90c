package io.github.camelhh1.ledger;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Lives as long as its process holds a lock on a file beside the database: the operating system frees it however the
 * process ends, so that a restart need not wait for anything.
 */
final class LockingOwner implements Owners {
    /** A hundred years: its row says only that it has not been buried. */
    private static final long LONG = Duration.ofDays(36_500).toMillis();

    private final Database database;
    private final Path file;
    private final String owner;
    private final LifeLock life;

    /** {@code file}: the database. */
    LockingOwner(Database database, Path file, String owner) {
        this.database = database;
        this.file = file;
        this.owner = owner;
        this.life = LifeLock.take(lockFile(owner));
    }

    private Path lockFile(String name) {
        return Path.of(file + "." + name + ".lock");
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Duration lease() {
        return Duration.ZERO;
    }

    @Override
    public void renew() {
        OwnerRow.renew(database, owner, LONG);
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
    public void close() {
        try {
            OwnerRow.delete(database, owner);
        } finally {
            life.close();
        }
    }
}
