package io.github.camelhh1.wiring;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.rooms.Bookkeeping;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says to the people who watch a component. However slow it is, they wait for a moment only, and it has one
 * question of theirs at a time.
 */
public final class LedgerFigures {
    private static final long LONGEST_WAIT = Duration.ofSeconds(2).toNanos();
    /** One look at a component reads several figures. */
    private static final long LASTS = Duration.ofSeconds(1).toNanos();
    /** A route may name any number of accounts. */
    private static final int MOST_ACCOUNTS = 20;

    /**
     * What the ledger said.
     *
     * @param unknownRuns of all accounts
     * @param spending of the accounts that this component sends for, on the ledger's day
     */
    public record Answer(long unknownRuns, List<Spending> spending) {}

    private record Question(CompletableFuture<Answer> answer, long asked) {}

    private final LedgerKeeper ledger;
    private final Timers timers;
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();
    private @Nullable Question last;

    LedgerFigures(LedgerKeeper ledger, Timers timers) {
        this.ledger = ledger;
        this.timers = timers;
    }

    /** This component sends for this account. */
    void account(String name) {
        accounts.add(name);
    }

    /** Null when the ledger was not needed yet, does not work, or does not answer now. */
    public @Nullable Answer get() {
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

    private Answer read(LedgerSession session) {
        var day = session.today();
        return new Answer(
                session.count(Run.Filter.of(RunState.UNKNOWN)),
                accounts.stream()
                        .sorted()
                        .limit(MOST_ACCOUNTS)
                        .map(account -> session.spending(account, day))
                        .toList());
    }
}
