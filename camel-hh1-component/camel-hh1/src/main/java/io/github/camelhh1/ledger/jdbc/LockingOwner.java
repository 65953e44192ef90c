package io.github.camelhh1.ledger.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lives as long as its process holds a lock on a file beside the database: the operating system frees it however the
 * process ends, so that a restart need not wait for anything.
 */
final class LockingOwner extends LeasedOwner {
    /** Its row means only that it has not been buried; a renewal also shows whether the ledger can be written. */
    private static final Duration A_HUNDRED_YEARS = Duration.ofDays(36_500);

    private final Path file;
    private @Nullable LifeLock life;

    /**
     * It renews on the session's connection: no other owner takes this one for dead while a renewal waits, and a second
     * connection would hold on to a log that was deleted beside the file.
     *
     * @param file the database
     */
    LockingOwner(Database database, Path file, String session) {
        super(database, database, session, A_HUNDRED_YEARS, "its lock file beside the database was removed");
        this.file = file;
    }

    private Path lockFile(String name) {
        return Path.of(file + "." + name + ".lock");
    }

    /** It needs no renewal. */
    @Override
    public Duration lease() {
        return Duration.ZERO;
    }

    @Override
    protected void begin(String name) {
        LifeLock lock = LifeLock.take(lockFile(name));
        try {
            super.begin(name);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        release();
        life = lock;
    }

    private void release() {
        if (life != null) {
            life.close();
        }
    }

    @Override
    public void bury() {
        for (String other : database.texts("select owner from hh1_owner where owner <> ?", owner())) {
            if (LifeLock.isFree(lockFile(other))) {
                delete(database, other);
                LifeLock.remove(lockFile(other));
            }
        }
    }

    @Override
    protected void end(String name) {
        try {
            super.end(name);
        } finally {
            release();
        }
    }
}
