package io.github.camelhh1.wiring;

import io.github.camelhh1.async.Offload;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.rooms.Bookkeeping;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of a started component, opened when it is first needed. Opening it settles the runs that dead owners left
 * behind, before anything is sent. While it is open, a thread of its own keeps this owner alive at a fixed rate, and the
 * ledger's threads settle the runs of owners that die meanwhile.
 */
final class LedgerKeeper implements Bookkeeping.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerKeeper.class);
    /** For an owner whose life needs no renewal: often enough to notice a failing disk before a message does. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private static final int MOST_TASKS = 10_000;

    private record Open(LedgerSession session, Bookkeeping books) {}

    private final Ledger ledger;
    private final Threads threads;
    private final Timers timers;
    private final InstantSource clock;
    private final Consumer<Duration> times;
    /** How many runs of each account the log has named as unknown. */
    private final Map<String, Integer> named = new ConcurrentHashMap<>();

    private volatile @Nullable Open open;
    private volatile @Nullable String notOpenBecause;
    private boolean closed;
    private @Nullable ScheduledExecutorService lease;

    /**
     * @param timers stop last: endings are written as long as calls are waited for
     * @param times hears how long each piece of work took
     */
    LedgerKeeper(Ledger ledger, Threads threads, Timers timers, InstantSource clock, Consumer<Duration> times) {
        this.ledger = ledger;
        this.threads = threads;
        this.timers = timers;
        this.clock = clock;
        this.times = times;
    }

    /** @throws LedgerException when the ledger cannot be opened now; the next caller tries again */
    Bookkeeping books() {
        Open known = open;
        return (known != null ? known : opened()).books();
    }

    /** Null while it is not open. */
    @Nullable
    Bookkeeping openBooks() {
        Open known = open;
        return known == null ? null : known.books();
    }

    /** Null when the ledger works, or was not needed yet. */
    @Nullable
    String failsBecause() {
        Open known = open;
        return known == null ? notOpenBecause : known.books().failingBecause();
    }

    private synchronized Open opened() {
        Open known = open;
        if (known != null) {
            return known;
        } else if (closed) {
            // Nobody would close it: its owner would live, and its thread renew the lease, until the process ends.
            throw new LedgerException("the ledger " + ledger + " is not opened: its component is stopped", null);
        }
        // Some drivers close a connection whose thread is interrupted, or swallow the interrupt.
        boolean interrupted = Thread.interrupted();
        try {
            Open made = recovered();
            if (ledger.isDurable()) {
                keep(made);
            }
            open = made;
            notOpenBecause = null;
            return made;
        } catch (RuntimeException e) {
            notOpenBecause = "it cannot be opened: " + e.getMessage();
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Open recovered() {
        Executor work = ledger.isDurable() ? threads.ledger() : Runnable::run;
        Executor rooms = ledger.isDurable() ? threads.rooms : Runnable::run;
        Executor callers = ledger.joinsTransactions() ? work : Runnable::run;
        LedgerSession session = Offload.await(callers, ledger::open);
        try {
            Offload.await(callers, () -> recover(session));
        } catch (LedgerException e) {
            session.close();
            throw e;
        }
        return new Open(session, new Bookkeeping(session, callers, work, rooms, timers, this));
    }

    /** Begins to renew and to recover. */
    private void keep(Open made) {
        Duration lasts = made.session().lease();
        Duration pause = lasts.isZero() ? LOOK : lasts.dividedBy(3);
        ScheduledExecutorService thread = threads.lease();
        lease = thread;
        thread.scheduleAtFixedRate(
                () -> renew(made.books()), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        recoverAfter(pause, made.books());
    }

    /** Never throws: the executor would not call it again. */
    private void renew(Bookkeeping books) {
        try {
            books.now(session -> {
                session.renew();
                return true;
            });
        } catch (LedgerException e) {
            LOG.debug("Said already", e);
        } catch (RuntimeException | Error e) {
            LOG.warn("The lease of the ledger {} could not be renewed; it is tried again", ledger, e);
        }
    }

    private void recoverAfter(Duration pause, Bookkeeping books) {
        try {
            threads.scheduler.schedule(
                    () -> books.later(this::recover).whenComplete((recovered, error) -> {
                        if (error != null && !(error instanceof LedgerException)) {
                            LOG.warn("The ledger {} could not be looked through; it is tried again", ledger, error);
                        }
                        recoverAfter(pause, books);
                    }),
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Already stopped");
        }
    }

    /** Leaves out those that {@link #recover} has named. */
    void warnOfUnknownRuns(String account) {
        try {
            var unknown = new Run.Filter(RunState.UNKNOWN, account, null, null);
            long count = books().apart(session -> session.count(unknown)
                            - session.toResume(account, MOST_TASKS).size())
                    - named.getOrDefault(account, 0);
            if (count > 0) {
                LOG.warn(
                        "{} run(s) of account {} were unknown before this start, and are held: list them with hh1:runs and"
                                + " the header CamelHh1RunState=UNKNOWN, and settle each with hh1:adopt or hh1:forget",
                        count,
                        account);
            }
        } catch (LedgerException e) {
            LOG.debug("Said already", e);
        }
    }

    private List<Run> recover(LedgerSession session) {
        List<Run> recovered = session.recover();
        Instant now = clock.instant();
        for (Run run : recovered) {
            String name = run.asked().videoFileName();
            if (run.isGoingOn(now)) {
                LOG.info(
                        "The process that had sent run {} ({}) has ended or was cut off. Task {} goes on, and a node of its"
                                + " account asks for it",
                        run.runId(),
                        name,
                        run.taskId());
            } else {
                named.merge(run.asked().account(), 1, Integer::sum);
                LOG.warn(
                        "Run {} ({}) was sent and its outcome is unknown, so it is held. It was sent at {}: look into the"
                                + " account's log, then settle it with hh1:adopt, if there is a video, or hh1:forget, to"
                                + " have it made and paid anew",
                        run.runId(),
                        name,
                        run.sentAt());
            }
        }
        return recovered;
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
                        + " stops. If the process ends before it is written, the run is held as unknown, or is handed"
                        + " to a route once more",
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

    @Override
    public void took(Duration elapsed) {
        times.accept(elapsed);
    }

    /** After the last message has ended. */
    synchronized void close() {
        closed = true;
        Open known = open;
        if (known == null) {
            return;
        }
        known.books().writeTheRest();
        if (lease != null) {
            // Not interrupted: a renewal that is under way ends by itself.
            lease.shutdown();
        }
        known.session().close();
    }
}
