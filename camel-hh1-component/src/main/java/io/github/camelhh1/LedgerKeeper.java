package io.github.camelhh1;

import io.github.camelhh1.generation.Bookkeeping;
import io.github.camelhh1.generation.Timers;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of a started component. Opening it settles what dead owners left behind, before anything is sent; while it
 * is open this owner is kept alive, and others that die are cleared up after.
 */
final class LedgerKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerKeeper.class);
    /** Of an owner whose life needs no renewal: often enough to notice a disk that fails before a message does. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final LedgerSession session;
    private final Bookkeeping books;
    private volatile boolean failing;

    LedgerKeeper(Ledger ledger, Executor ledgerThreads, Executor rooms, Timers timers) {
        this.ledger = ledger;
        this.session = ledger.open();
        this.books = new Bookkeeping(session, ledgerThreads, rooms, timers, this::cannotWrite);
        try {
            recover(session);
        } catch (LedgerException e) {
            session.close();
            throw e;
        }
    }

    Bookkeeping books() {
        return books;
    }

    /** Begins to renew; the ledger in memory needs none of it. */
    void keep(ScheduledExecutorService scheduler) {
        if (ledger.isDurable()) {
            Duration lease = session.lease();
            next(scheduler, lease.isZero() ? LOOK : lease.dividedBy(3));
        }
    }

    private void next(ScheduledExecutorService scheduler, Duration pause) {
        try {
            scheduler.schedule(
                    () -> books.later(this::renew).whenComplete((recovered, error) -> {
                        told(error);
                        next(scheduler, pause);
                    }),
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Already stopped");
        }
    }

    private List<Run> renew(LedgerSession open) {
        open.renew();
        return recover(open);
    }

    private List<Run> recover(LedgerSession open) {
        List<Run> unknown = open.recover();
        unknown.forEach(run -> LOG.warn(
                "Run {} ({}) was sent and its outcome is unknown, so it is held: look into the account's log, then settle"
                        + " it with hh1:adopt, if there is a video, or hh1:forget, to have it made and paid anew",
                run.runId(),
                run.asked().videoFileName()));
        return unknown;
    }

    /** Once at each turn, not at each look. */
    private void told(@Nullable Throwable error) {
        if (error != null && !failing) {
            LOG.warn("The ledger {} does not work, and nothing is sent until it does: {}", ledger, error.getMessage());
        } else if (error == null && failing) {
            LOG.info("The ledger {} works again", ledger);
        }
        failing = error != null;
    }

    private void cannotWrite(String runId, LedgerException failure) {
        LOG.error(
                "How run {} ended cannot be written into the ledger {} ({}). It is tried again until this component stops;"
                        + " were it to end before, the run would be held as unknown",
                runId,
                ledger,
                failure.getMessage());
    }

    /** After the last message has ended. */
    void close() {
        books.writeTheRest();
        session.close();
    }
}
