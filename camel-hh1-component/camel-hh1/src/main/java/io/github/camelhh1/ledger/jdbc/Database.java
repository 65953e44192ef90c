package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections to a database, each for one piece of work. Safe for use by many threads. */
interface Database extends AutoCloseable {

    Dialect dialect();

    /**
     * Each statement of the work is committed by itself. The work is done again when the database could not begin it, or
     * rolled all of it back.
     */
    <T> T run(Sql.Work<T> work);

    /** Reads, perhaps for long, while other work goes on. */
    default <T> T aside(Sql.Work<T> work) {
        return run(work);
    }

    /** All statements of the work, or none. */
    default <T> T inTransaction(Sql.Work<T> work) {
        return run(sql -> sql.inTransaction(work));
    }

    default <T> List<T> select(Sql.Row<T> reader, String text, @Nullable Object... parameters) {
        return run(sql -> sql.select(reader, text, parameters));
    }

    /** The first column of every row. */
    default List<String> texts(String text, @Nullable Object... parameters) {
        return select(row -> row.getString(1), text, parameters);
    }

    default int update(String text, @Nullable Object... parameters) {
        return run(sql -> sql.update(text, parameters));
    }

    @Override
    void close();

    /** Limits the pieces of work of this process that are at a database at once. Work that waits too long is not begun. */
    final class Turns {
        private static final int LONGEST_MILLIS = 15_000;

        private final Semaphore free;
        private final String tooSlow;

        /**
         * @param fair first come, first served
         * @param tooSlow begins the message of the failure when a turn does not come
         */
        Turns(int most, boolean fair, String tooSlow) {
            this.free = new Semaphore(most, fair);
            this.tooSlow = tooSlow;
        }

        void take() {
            try {
                if (!free.tryAcquire(LONGEST_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new LedgerException(
                            tooSlow + " for longer than " + LONGEST_MILLIS / 1000
                                    + " s; look why its disk or its server is slow. Nothing was written",
                            null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                // A thread that is being stopped still settles, where it need not wait.
                if (!free.tryAcquire()) {
                    throw new LedgerException("interrupted while the ledger was busy; nothing was written", e);
                }
            }
        }

        void takeAtLast() {
            free.acquireUninterruptibly();
        }

        void giveBack() {
            free.release();
        }
    }
}
