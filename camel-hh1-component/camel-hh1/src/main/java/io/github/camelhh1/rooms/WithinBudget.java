package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import java.util.Optional;

/**
 * Reserves the most that a generation can cost before anything is sent, and refuses a request that would exceed a cap. The
 * ledger spends the reservation, or gives it back, in the same step that settles the run: no crash can come between the two.
 */
final class WithinBudget {
    private WithinBudget() {}

    static Generator around(Generator next, Bookkeeping books, Budget budget) {
        return around(next, books, budget, Optional.of(Recorded.GONE));
    }

    /**
     * For later attempts: the day may have changed. The ledger may not have taken the end of the attempt before; then the
     * earlier reservation stays, and {@link Recorded} finds out whether the claim is gone.
     */
    static Generator again(Generator next, Bookkeeping books, Budget budget) {
        return around(next, books, budget, Optional.empty());
    }

    private static Generator around(Generator next, Bookkeeping books, Budget budget, Optional<Outcome> gone) {
        return generation -> {
            Claim claim = generation.right();
            return books.then(
                    ledger -> refusal(ledger, claim, generation.request(), budget, gone),
                    refusal -> refusal.map(Steps::ended).orElseGet(() -> next.generate(generation)));
        };
    }

    /** Empty when the amount is reserved. */
    private static Optional<Outcome> refusal(
            LedgerSession ledger, Claim claim, GenerationRequest request, Budget budget, Optional<Outcome> gone) {
        Amount amount = budget.prices().most(request);
        Reserving reserving = ledger.reserve(claim, amount, budget.caps());
        if (reserving instanceof Reserving.Refused refused) {
            return Optional.of(new Outcome.OverBudget("it may take " + said(amount, budget) + counted(request, budget)
                    + ", the account has spent or reserved " + said(refused.spent(), budget) + " today ("
                    + refused.day() + ", UTC), and the most for a day is " + budget.caps()));
        }
        return reserving instanceof Reserving.Gone ? gone : Optional.empty();
    }

    /** Why the amount is the most that it can be; empty when the request says all. */
    private static String counted(GenerationRequest request, Budget budget) {
        boolean longest = request.duration() == null;
        boolean dearest = request.resolution() == null && budget.caps().cost() != null;
        if (!longest && !dearest) {
            return "";
        }
        return " (without a "
                + (longest ? "duration it counts as the longest video" : "resolution it counts as the dearest")
                + (longest && dearest ? ", without a resolution as the dearest)" : ")");
    }

    private static String said(Amount amount, Budget budget) {
        return amount.seconds() + " s"
                + (budget.caps().cost() == null ? "" : " for " + amount.cost().toPlainString());
    }
}
