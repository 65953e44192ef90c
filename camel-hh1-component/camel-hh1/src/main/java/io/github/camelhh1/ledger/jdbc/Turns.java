package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many pieces of work of this process at a database at once. Work that waits for too long is not begun. */
public final class Turns {
    private static final int LONGEST_MILLIS = 15_000;

    private final Semaphore free;
    private final String tooSlow;

    /** {@code tooSlow}: what it means that a turn does not come. {@code fair}: first come, first served. */
    public Turns(int most, boolean fair, String tooSlow) {
        this.free = new Semaphore(most, fair);
        this.tooSlow = tooSlow;
    }

    public void take() {
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

    /** However long it takes. */
    public void takeAtLast() {
        free.acquireUninterruptibly();
    }

    public void giveBack() {
        free.release();
    }
}
