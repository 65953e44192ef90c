package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.Budget;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
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

    WithinBudget(Generator next, Bookkeeping books, Budget budget) {
        this.next = next;
        this.books = books;
        this.budget = budget;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        Amount amount = budget.prices().most(generation.request());
        Claim claim = generation.right();
        return books.later(ledger -> Optional.ofNullable(refusal(ledger, claim, amount)))
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
    private @Nullable Outcome refusal(LedgerSession ledger, Claim claim, Amount amount) {
        Reserving reserving = ledger.reserve(claim, amount, budget.caps());
        if (reserving instanceof Reserving.Refused refused) {
            return new Outcome.OverBudget("it may take " + said(amount) + ", the account has spent or reserved "
                    + said(refused.spent()) + " today (" + refused.day() + ", UTC), and the most for a day is "
                    + budget.caps());
        }
        return reserving instanceof Reserving.Gone ? Recorded.gone() : null;
    }

    private String said(Amount amount) {
        return amount.seconds() + " s"
                + (budget.caps().cost() == null ? "" : " for " + amount.cost().toPlainString());
    }
}
