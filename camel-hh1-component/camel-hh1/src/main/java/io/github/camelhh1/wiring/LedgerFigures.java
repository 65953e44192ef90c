package io.github.camelhh1.wiring;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.observe.Readings.LedgerLook;
import io.github.camelhh1.rooms.Bookkeeping;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the open ledger for people and meters that watch a component. If the ledger is slow, people wait for two
 * seconds at most, and meters not at all. The ledger gets one such question at a time.
 */
public final class LedgerFigures {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerFigures.class);
    private static final long LONGEST_WAIT = Duration.ofSeconds(2).toNanos();
    /** One look at a component reads several figures. */
    private static final long LASTS = Duration.ofSeconds(1).toNanos();
    /** Between two looks for meters. */
    private static final Duration PAUSE = Duration.ofSeconds(30);
    /** A route may name any number of accounts, and each is a query. */
    private static final int MOST_ACCOUNTS = 20;

    private record Question(CompletableFuture<LedgerLook> answer, long asked) {}

    private final LedgerKeeper ledger;
    private final Timers timers;
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watched = new AtomicBoolean();
    private @Nullable Question last;
    private volatile @Nullable LedgerLook seen;

    LedgerFigures(LedgerKeeper ledger, Timers timers) {
        this.ledger = ledger;
        this.timers = timers;
    }

    /** An account that an endpoint pays with. */
    void account(String name) {
        if (accounts.size() < MOST_ACCOUNTS) {
            accounts.add(name);
        }
    }

    /** Now, or a second ago. Null when the ledger was not needed yet, does not work, or does not answer now. */
    public @Nullable LedgerLook get() {
        Question question = question();
        if (question == null) {
            return null;
        }
        try {
            long left = LONGEST_WAIT - (timers.nanoTime() - question.asked());
            return question.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** At the last look, without waiting. Null before the first look. */
    @Nullable
    LedgerLook seen() {
        watch();
        return seen;
    }

    /** From now on, reads the ledger at intervals. */
    void watch() {
        if (!accounts.isEmpty() && watched.compareAndSet(false, true)) {
            look(true);
        }
    }

    private void look(boolean passed) {
        if (passed) {
            Question question = question();
            CompletableFuture<?> answer =
                    question == null ? CompletableFuture.completedFuture(null) : question.answer();
            answer.whenComplete((look, error) -> {
                if (error != null && !(error instanceof LedgerException)) {
                    LOG.warn("The ledger could not be looked at; it is tried again", error);
                }
                timers.after(PAUSE).thenAccept(this::look);
            });
        }
    }

    private synchronized @Nullable Question question() {
        Question known = last;
        long now = timers.nanoTime();
        if (known != null && (!known.answer().isDone() || now - known.asked() < LASTS)) {
            return known;
        }
        Bookkeeping books = ledger.openBooks();
        Question asked = books == null ? null : new Question(books.later(this::read), now);
        last = asked;
        return asked;
    }

    private LedgerLook read(LedgerSession session) {
        var day = session.today();
        var look = new LedgerLook(
                session.count(Run.Filter.of(RunState.UNKNOWN)),
                accounts.stream()
                        .sorted()
                        .map(account -> session.spending(account, day))
                        .toList());
        seen = look;
        return look;
    }
}
