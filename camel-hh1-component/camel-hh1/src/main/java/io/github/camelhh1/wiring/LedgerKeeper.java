package io.github.camelhh1.wiring;

import io.github.camelhh1.async.Offload;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.rooms.Bookkeeping;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of a started component. Opening it settles what dead owners left behind, before anything is sent. While it is
 * open, a thread of its own keeps this owner alive at a fixed rate, and the ledger's threads settle what owners leave
 * behind that die meanwhile.
 */
final class LedgerKeeper implements Bookkeeping.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerKeeper.class);
    /** Of an owner whose life needs no renewal: often enough to notice a disk that fails before a message does. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final LedgerSession session;
    private final Bookkeeping books;
    private @Nullable ScheduledExecutorService lease;

    LedgerKeeper(Ledger ledger, Executor ledgerThreads, Executor rooms, Timers timers) {
        this.ledger = ledger;
        Executor callers = ledger.joinsTransactions() ? ledgerThreads : Runnable::run;
        this.session = Offload.await(callers, ledger::open);
        this.books = new Bookkeeping(session, callers, ledgerThreads, rooms, timers, this);
        try {
            Offload.await(callers, () -> recover(session));
        } catch (LedgerException e) {
            session.close();
            throw e;
        }
    }

    Bookkeeping books() {
        return books;
    }

    /** Begins to renew and to recover; the ledger in memory needs neither. */
    void keep(Supplier<ScheduledExecutorService> leaseThread, ScheduledExecutorService timers) {
        if (ledger.isDurable()) {
            Duration pause = session.lease().isZero() ? LOOK : session.lease().dividedBy(3);
            lease = leaseThread.get();
            lease.scheduleAtFixedRate(this::renew, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
            recoverAfter(pause, timers);
        }
    }

    /** Never throws: the executor would not call it again. */
    private void renew() {
        try {
            books.now(open -> {
                open.renew();
                return true;
            });
        } catch (LedgerException e) {
            LOG.debug("Said already", e);
        } catch (RuntimeException | Error e) {
            LOG.warn("The lease of the ledger {} could not be renewed; it is tried again", ledger, e);
        }
    }

    private void recoverAfter(Duration pause, ScheduledExecutorService timers) {
        try {
            timers.schedule(
                    () -> books.later(this::recover).whenComplete((recovered, error) -> {
                        if (error != null && !(error instanceof LedgerException)) {
                            LOG.warn("The ledger {} could not be looked through; it is tried again", ledger, error);
                        }
                        recoverAfter(pause, timers);
                    }),
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Already stopped");
        }
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

    @Override
    public void fails(LedgerException failure) {
        LOG.error("The ledger {} does not work, and nothing is sent until it does: {}", ledger, failure.getMessage());
    }

    @Override
    public void works() {
        LOG.info("The ledger {} works again", ledger);
    }

    @Override
    public void unwritten(String runId, String ending, LedgerException failure) {
        LOG.error(
                "The ending of run {} ({}) cannot be written into the ledger {} ({}). It is tried again until this component"
                        + " stops. If the process ends before it is written, the run is held as unknown",
                runId,
                ending,
                ledger,
                failure.getMessage());
    }

    @Override
    public void unexpected(String runId, String ending, Settled settled) {
        if (settled == Settled.REPAIRED) {
            LOG.error(
                    "Run {} ended ({}), and the ledger {} said that it had never left. The ending is written now. Find out"
                            + " who changes the tables hh1_* beside this component, or restored them from a backup",
                    runId,
                    ending,
                    ledger);
        } else {
            LOG.error(
                    "Run {} ended late ({}): the ledger {} has given it to another attempt or owner, or an operator has"
                            + " settled it. The ending is kept in the table hh1_late, whole link included; hh1:runs shows it"
                            + " as late where the ledger still holds the run",
                    runId,
                    ending,
                    ledger);
        }
    }

    /** After the last message has ended. */
    void close() {
        books.writeTheRest();
        if (lease != null) {
            // Not interrupted: a renewal that is under way ends by itself.
            lease.shutdown();
        }
        session.close();
    }
}
