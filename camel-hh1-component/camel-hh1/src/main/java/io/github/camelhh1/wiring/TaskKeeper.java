package io.github.camelhh1.wiring;

import io.github.camelhh1.async.Backoff;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.rooms.FailingFast;
import io.github.camelhh1.rooms.Resumed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resumes runs of this component's accounts whose task goes on and which no exchange asks for: their node has died, or
 * their exchange has given up. It looks when an endpoint starts, and every few seconds. Safe for use by many threads.
 */
final class TaskKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TaskKeeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_AT_ONCE = 1_000;

    /**
     * An endpoint.
     *
     * @param settled takes a run whose images are not needed any more
     */
    record Source(String account, Resumed resumed, Consumer<Run> settled) {}

    private final Supplier<Bookkeeping> books;
    private final Timers timers;
    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();
    /** For runs that became unknown again: how often, and the time of the next resumption, on the monotonic clock. */
    private final Map<String, Later> later = new ConcurrentHashMap<>();

    private boolean looking;

    private record Later(int times, long from) {}

    /**
     * Work and counts of endpoints whose producers have stopped, for a producer may live as short as its message. Their
     * tasks and look-ups go on until an endpoint of the same place starts: nobody else fetches a paid video that comes later.
     */
    static final class Left {
        private static final int MOST = 200;

        private final Map<Object, Runnable> ends = new LinkedHashMap<>();
        private final Map<String, FailingFast> failures = new LinkedHashMap<>();

        /** The oldest ends when there are too many. */
        synchronized void add(Object place, Runnable end) {
            end(place);
            ends.put(place, end);
            if (ends.size() > MOST) {
                end(ends.keySet().iterator().next());
            }
        }

        /** Counts the failures of an endpoint; the one that was not asked for longest goes first. */
        synchronized FailingFast failingFast(String uri, Timers timers) {
            FailingFast known = failures.remove(uri);
            failures.put(uri, known == null ? new FailingFast(timers) : known);
            if (failures.size() > MOST) {
                failures.remove(failures.keySet().iterator().next());
            }
            return failures.get(uri);
        }

        synchronized void end(Object place) {
            Runnable end = ends.remove(place);
            if (end != null) {
                end.run();
            }
        }
    }

    /** @param timers stop when nothing may be sent any more */
    TaskKeeper(Supplier<Bookkeeping> books, Timers timers) {
        this.books = books;
        this.timers = timers;
    }

    /** Deliveries that come from now on join the runs that are resumed. */
    void add(Source source) {
        sources.add(source);
        try {
            books.get().apart(session -> look(session, source.account()));
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
        sources.stream().map(Source::account).distinct().forEach(account -> look(session, account));
        return true;
    }

    private boolean look(LedgerSession session, String account) {
        List<Source> known = sources.stream()
                .filter(source -> source.account().equals(account))
                .toList();
        for (Run run : known.isEmpty() ? List.<Run>of() : session.toResume(account, MOST_AT_ONCE)) {
            Later again = later.get(run.runId());
            if (again == null || again.from() - timers.nanoTime() <= 0) {
                // The last endpoint first. Endpoints of one account may have different keys.
                int turn = again == null ? 0 : again.times() % known.size();
                resume(run, known.get(known.size() - 1 - turn));
            }
        }
        return true;
    }

    private void resume(Run run, Source source) {
        var resumed = source.resumed().resume(run).toCompletableFuture();
        underWay.put(run.runId(), resumed);
        resumed.whenComplete((outcome, error) -> {
            underWay.remove(run.runId());
            if (outcome == null || outcome instanceof Outcome.Unknown) {
                later.merge(run.runId(), again(1), (before, first) -> again(before.times() + 1));
            } else {
                later.remove(run.runId());
            }
            ended(run, source, outcome, error);
        });
    }

    /** The first time at the next look. */
    private Later again(int times) {
        Duration pause = times == 1 ? Duration.ZERO : Backoff.delay(times, PAUSE, LONGEST_PAUSE);
        return new Later(times, timers.nanoTime() + pause.toNanos());
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
        if (settled) {
            source.settled().accept(run);
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
