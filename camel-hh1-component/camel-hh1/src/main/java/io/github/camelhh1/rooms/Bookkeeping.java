package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Backoff;
import io.github.camelhh1.async.Offload;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.lookup.Candidates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rooms' way to the ledger, which may be slow or away. Work is done on the ledger's threads, so that no deadline waits
 * for a disk. A settlement that cannot be written is written later. A failure is shown until the ledger works again. Safe
 * for use by many threads.
 */
public final class Bookkeeping implements Candidates.Ledger {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LAST_TRIES = Duration.ofSeconds(10);
    /** Callers give up after this time, because endings wait behind them. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    /** Hears of the ledger's failures, and of each settlement at most once. */
    public interface Listener {
        void fails(LedgerException failure);

        /** The ledger works again. */
        void works();

        /** The ending of the run cannot be written now; it is tried again. */
        void unwritten(String runId, String ending, LedgerException failure);

        /** The run did not take the ending, or took it against its state. */
        void unexpected(String runId, String ending, Settled settled);

        /** A piece of work with the ledger ended, with success or failure. */
        default void took(Duration elapsed) {}
    }

    /** Endings of one claim that are not in the ledger yet, in their order. */
    private record Unwritten(List<Settlement> settlements, CompletableFuture<Void> written) {
        Unwritten then(Unwritten later) {
            var all = new ArrayList<>(settlements);
            all.addAll(later.settlements);
            return new Unwritten(List.copyOf(all), written);
        }
    }

    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T with(LedgerSession ledger) throws E;
    }

    private final LedgerSession session;
    private final Executor callers;
    private final Executor ledgerThreads;
    private final Executor rooms;
    private final Timers timers;
    private final Listener listener;
    private final Map<Claim, Unwritten> unwritten = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable LedgerException> failure = new AtomicReference<>();
    private volatile boolean ended;

    /**
     * @param callers does the work that callers wait for
     * @param ledgerThreads does all other work, which goes on from there on {@code rooms}; each may be the caller's thread
     *     where the ledger never waits
     */
    public Bookkeeping(
            LedgerSession session,
            Executor callers,
            Executor ledgerThreads,
            Executor rooms,
            Timers timers,
            Listener listener) {
        this.session = session;
        this.callers = callers;
        this.ledgerThreads = ledgerThreads;
        this.rooms = rooms;
        this.timers = timers;
        this.listener = listener;
    }

    String owner() {
        return session.owner();
    }

    /**
     * For callers who wait. A transaction that is bound to the caller's thread does not reach this work.
     *
     * @throws LedgerException of the ledger, and when its threads are busy for long
     */
    public <T, E extends Exception> T apart(Work<T, E> work) throws E {
        long begin = timers.nanoTime();
        return Offload.await(callers, () -> {
            if (timers.nanoTime() - begin > LONGEST_WAIT.toNanos()) {
                throw new LedgerException(
                        "its database is so slow that messages wait for longer than " + LONGEST_WAIT.toSeconds()
                                + " s; look why its disk or its server is slow. Nothing was written",
                        null);
            }
            return now(work);
        });
    }

    /** On the calling thread. */
    public <T, E extends Exception> T now(Work<T, E> work) throws E {
        LedgerException before = failure.get();
        long begin = timers.nanoTime();
        try {
            T result = work.with(session);
            // Work that began before the ledger failed does not say that it works again.
            if (before != null && failure.compareAndSet(before, null)) {
                listener.works();
            }
            return result;
        } catch (LedgerException e) {
            if (failure.getAndSet(e) == null && !ended) {
                listener.fails(e);
            }
            throw e;
        } finally {
            listener.took(Duration.ofNanos(timers.nanoTime() - begin));
        }
    }

    /** On the ledger's threads; the stage fails with the {@link LedgerException} itself, not wrapped. */
    @Override
    public <T> CompletableFuture<T> later(Function<LedgerSession, T> work) {
        return Offload.run(ledgerThreads, rooms, () -> now(work::apply));
    }

    /** Goes on with the result of work that must succeed before anything is sent. */
    <T> CompletionStage<Outcome> then(Function<LedgerSession, T> work, Function<T, CompletionStage<Outcome>> next) {
        return Steps.then(
                later(work),
                next,
                error -> error instanceof LedgerException e
                        ? Steps.ended(notWritten(e))
                        : CompletableFuture.failedStage(error));
    }

    static Outcome notWritten(LedgerException e) {
        return new Outcome.NotSent(
                "the ledger cannot be written, and nothing is sent without it: " + e.getMessage(), true, e);
    }

    /**
     * Writes how a claim ended. The stage never fails: it completes after the first try. An ending that could
     * not be written is tried again in the background, until it is written or this component stops. Endings of one claim
     * are written in their order.
     */
    CompletionStage<Void> settle(Claim claim, Settlement settlement) {
        var first = new CompletableFuture<Void>();
        Unwritten before = unwritten.get(claim);
        var one = new Unwritten(List.of(settlement), new CompletableFuture<>());
        List<Settlement> all = (before == null ? one : before.then(one)).settlements();
        written(claim, all).whenComplete((done, error) -> {
            if (error != null) {
                keep(claim, one);
            } else if (before != null && unwritten.remove(claim, before)) {
                before.written().complete(null);
            }
            try {
                if (error != null) {
                    listener.unwritten(claim.runId(), settlement.ending(), asLedgerException(error));
                }
            } finally {
                first.complete(null);
            }
        });
        return first;
    }

    /** Writes how an emission ended, in the same way; {@link LedgerSession#ended} says what {@code again} means. */
    public CompletionStage<Void> settle(Emission emission, @Nullable Duration again) {
        // No claim has this number.
        var key = new Claim(emission.run().runId(), emission.owner(), 0);
        return settle(key, Settlement.emitted(emission, again));
    }

    private void keep(Claim claim, Unwritten one) {
        boolean alone =
                unwritten.merge(claim, one, Unwritten::then).settlements().size() == 1;
        // Read after the merge, so that the last try misses none.
        if (ended) {
            finished(claim);
        } else if (alone) {
            retry(claim, 1);
        }
    }

    private CompletableFuture<Boolean> written(Claim claim, List<Settlement> settlements) {
        return later(ledger -> {
            write(ledger, claim, settlements);
            return true;
        });
    }

    private void write(LedgerSession ledger, Claim claim, List<Settlement> settlements) {
        for (Settlement settlement : settlements) {
            Settled settled = settlement.write().apply(ledger);
            if (settled != Settled.DONE) {
                listener.unexpected(claim.runId(), settlement.ending(), settled);
            }
        }
    }

    private void retry(Claim claim, int turn) {
        timers.after(Backoff.delay(turn, FIRST_PAUSE, LONGEST_PAUSE)).thenAccept(passed -> {
            Unwritten ending = unwritten.get(claim);
            if (!passed || ending == null) {
                return; // The component stops: the last try is made when all messages have ended.
            }
            written(claim, ending.settlements()).whenComplete((done, error) -> {
                // An ending that came meanwhile is still to be written.
                if (error == null && unwritten.remove(claim, ending)) {
                    ending.written().complete(null);
                } else {
                    retry(claim, turn + 1);
                }
            });
        });
    }

    private void finished(Claim claim) {
        Unwritten ending = unwritten.remove(claim);
        if (ending != null) {
            ending.written().complete(null);
        }
    }

    /** Completes when no ending of {@code claim} waits to be written; at once where there is no claim. */
    CompletionStage<Void> whenWritten(@Nullable Claim claim) {
        Unwritten ending = claim == null ? null : unwritten.get(claim);
        return ending == null ? CompletableFuture.completedStage(null) : ending.written();
    }

    /** How many claims have endings that wait to be written. */
    public int unwritten() {
        return unwritten.size();
    }

    /** Null when the ledger worked at its last use. */
    public @Nullable String failingBecause() {
        LedgerException last = failure.get();
        return last == null ? null : last.getMessage();
    }

    /**
     * Tries for the last time to write the endings that wait, on the calling thread and not for long. Afterwards no stage
     * waits for them.
     */
    public void writeTheRest() {
        ended = true;
        long begin = timers.nanoTime();
        for (Claim claim : List.copyOf(unwritten.keySet())) {
            Unwritten ending = unwritten.get(claim);
            // A ledger that is away lets each write wait for it: a stop must not wait as often.
            if (ending != null && timers.nanoTime() - begin < LAST_TRIES.toNanos()) {
                lastTry(claim, ending);
            }
            finished(claim);
        }
    }

    private void lastTry(Claim claim, Unwritten ending) {
        try {
            write(session, claim, ending.settlements());
        } catch (RuntimeException e) {
            failure.set(asLedgerException(e));
        }
    }

    private static LedgerException asLedgerException(Throwable error) {
        return error instanceof LedgerException known ? known : new LedgerException(String.valueOf(error), error);
    }
}
