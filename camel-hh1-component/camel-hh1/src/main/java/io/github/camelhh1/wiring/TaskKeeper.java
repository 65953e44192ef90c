package io.github.camelhh1.wiring;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.rooms.Resumed;
import io.github.camelhh1.staging.Staging;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resumes the runs of this component's accounts whose task goes on and for which nobody asks any more: their node has died,
 * or their exchange has given up. It looks when an endpoint starts, and every few seconds. Safe for use by many threads.
 */
final class TaskKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TaskKeeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MOST_AT_ONCE = 1_000;

    /**
     * An endpoint.
     *
     * @param staging removes staged images of a run that is settled; null where the endpoint stages none
     */
    record Source(String account, Resumed resumed, @Nullable Staging staging) {}

    private final Supplier<Bookkeeping> books;
    private final Timers timers;
    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();
    private boolean looking;

    /** @param timers stop when nothing may be sent any more */
    TaskKeeper(Supplier<Bookkeeping> books, Timers timers) {
        this.books = books;
        this.timers = timers;
    }

    /** Deliveries that come from now on join the runs that are resumed. */
    void add(Source source) {
        sources.add(source);
        try {
            books.get().apart(session -> look(session, source));
        } catch (LedgerException e) {
            LOG.debug("Looked for again later", e);
        }
        synchronized (this) {
            if (!looking) {
                looking = true;
                lookLater();
            }
        }
    }

    void remove(Source source) {
        sources.remove(source);
    }

    /** A failure of the ledger is logged where it is noticed. */
    private void lookLater() {
        timers.after(PAUSE).thenAccept(passed -> {
            if (passed) {
                books.get().later(this::look).whenComplete((done, error) -> {
                    if (error != null) {
                        LOG.debug("Looked for again later", error);
                    }
                    lookLater();
                });
            }
        });
    }

    private boolean look(LedgerSession session) {
        // The last endpoint of an account that has started.
        Map<String, Source> accounts =
                sources.stream().collect(Collectors.toMap(Source::account, source -> source, (first, last) -> last));
        accounts.values().forEach(source -> look(session, source));
        return true;
    }

    private boolean look(LedgerSession session, Source source) {
        session.toResume(source.account(), MOST_AT_ONCE).forEach(run -> resume(run, source));
        return true;
    }

    private void resume(Run run, Source source) {
        var resumed = source.resumed().resume(run).toCompletableFuture();
        underWay.put(run.runId(), resumed);
        resumed.whenComplete((outcome, error) -> {
            underWay.remove(run.runId());
            ended(run, source, outcome, error);
        });
    }

    private static void ended(Run run, Source source, @Nullable Outcome outcome, @Nullable Throwable error) {
        if (error != null) {
            LOG.warn(
                    "Task {} of run {} could not be asked for, and is tried again: {}",
                    run.taskId(),
                    run.runId(),
                    error.getMessage());
        } else if (outcome instanceof Outcome.Completed) {
            LOG.info(
                    "Run {} ({}) has its video: task {} was asked for where an earlier node or exchange had left it",
                    run.runId(),
                    run.asked().videoFileName(),
                    run.taskId());
        } else if (!(outcome instanceof Outcome.InFlight)) {
            LOG.info(
                    "Run {} ({}) was resumed and ended: {}",
                    run.runId(),
                    run.asked().videoFileName(),
                    reason(outcome));
        }
        boolean settled = outcome instanceof Outcome.Completed
                || outcome instanceof Outcome.Rejected
                || outcome instanceof Outcome.Failed;
        Staging staging = source.staging();
        if (settled && staging != null) {
            run.staged().forEach(staging::remove);
        }
    }

    private static String reason(@Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            return "nothing is billed: " + rejected.reason();
        } else if (outcome instanceof Outcome.Unknown unknown) {
            return "its outcome is still unknown: " + unknown.reason();
        }
        return outcome instanceof Outcome.Failed failed ? "it may be billed: " + failed.reason() : "";
    }

    /** Once calls have ended: endings are written as long as that. */
    void awaitNone(long millis) {
        try {
            CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new))
                    .get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Another node resumes the rest", e);
        }
    }
}
