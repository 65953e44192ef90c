package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reserves what a generation can cost before anything is sent, and refuses what would pass a cap. The ledger spends the
 * reservation, or gives it back, in the same step that settles the run: a crash between the two cannot happen.
 */
final class WithinBudget implements Generator {
    private final Generator next;
    private final Bookkeeping books;
    private final Budget budget;
    private final InstantSource clock;

    WithinBudget(Generator next, Bookkeeping books, Budget budget, InstantSource clock) {
        this.next = next;
        this.books = books;
        this.budget = budget;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        Amount amount = budget.prices().most(generation.request());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return books.later(ledger -> Optional.ofNullable(refusal(ledger, generation, today, amount)))
                .handle((refusal, failure) -> {
                    if (failure instanceof LedgerException e) {
                        return CompletableFuture.completedStage(OncePerKey.notWritten(e));
                    } else if (failure != null) {
                        return CompletableFuture.<Outcome>failedStage(failure);
                    }
                    return refusal.isEmpty()
                            ? next.generate(generation)
                            : CompletableFuture.completedStage(refusal.get());
                })
                .thenCompose(Function.identity());
    }

    /** Why it may not be sent; null when it is reserved. */
    private @Nullable Outcome refusal(LedgerSession ledger, Generation generation, LocalDate today, Amount amount) {
        Caps caps = budget.caps();
        if (ledger.reserve(generation.right(), today, amount, caps)) {
            return null;
        }
        Amount spent = ledger.spent(generation.identity().account(), today);
        if (caps.allow(spent.plus(amount))) {
            return Recorded.gone();
        }
        return new Outcome.OverBudget("it may take " + said(amount) + ", the account has spent or reserved "
                + said(spent) + " today (UTC), and the most for a day is " + caps);
    }

    private String said(Amount amount) {
        return amount.seconds() + " s"
                + (budget.caps().cost() == null ? "" : " for " + amount.cost().toPlainString());
    }
}
