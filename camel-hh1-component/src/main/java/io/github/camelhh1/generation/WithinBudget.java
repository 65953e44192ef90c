package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.RunState;
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
    /** Between a refusal and the look at what is spent, others may give something back. */
    private static final int TURNS = 3;

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
        Claim claim = generation.right();
        Amount spent = Amount.NONE;
        for (int turn = 0; turn < TURNS; turn++) {
            if (ledger.reserve(claim, today, amount, caps)) {
                return null;
            }
            spent = ledger.spent(generation.identity().account(), today);
            if (!caps.allow(spent.plus(amount))) {
                break;
            } else if (!isThere(ledger, claim)) {
                return Recorded.gone();
            }
            // Others have given back what they had reserved: there is room now.
        }
        return new Outcome.OverBudget("it may take " + said(amount) + ", the account has spent or reserved "
                + said(spent) + " today (UTC), and the most for a day is " + caps);
    }

    private static boolean isThere(LedgerSession ledger, Claim claim) {
        return ledger.find(claim.runId())
                .filter(run -> run.state() == RunState.CLAIMED)
                .filter(run -> new Claim(run.runId(), run.owner(), run.claim()).equals(claim))
                .isPresent();
    }

    private String said(Amount amount) {
        return amount.seconds() + " s"
                + (budget.caps().cost() == null ? "" : " for " + amount.cost().toPlainString());
    }
}
