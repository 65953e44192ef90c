package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Three rooms: how many calls are in flight, how much a day may cost, and how long a call lasts. */
final class Bounds {
    private Bounds() {}

    /**
     * There are never more generations in flight than permits. With a full queue the caller is held back or refused. A
     * message that waits ends when its route stops.
     */
    static Generator inFlight(Generator next, Permits permits) {
        return generation -> {
            var recalled = generation.accepted().recalled();
            return permits.run(recalled, () -> next.generate(generation), Outcome.Busy::new)
                    .thenApply(outcome -> recalled.isDone() ? recalled(outcome) : outcome);
        };
    }

    /** It was not sent for another reason before; the stop is why it is not tried again. */
    private static Outcome recalled(Outcome outcome) {
        if (outcome instanceof Outcome.NotSent notSent) {
            return new Outcome.Busy(Permits.STOPPING + ". Before that: " + notSent.reason());
        } else if (outcome instanceof Outcome.Throttled throttled) {
            return new Outcome.Busy(Permits.STOPPING + ". Before that: " + throttled.reason());
        }
        return outcome;
    }

    /**
     * Reserves the most that a generation can cost before anything is sent, and refuses a request that would exceed a cap.
     * The ledger spends the reservation, or gives it back, in the same step that settles the run: no crash can come
     * between the two.
     */
    static Generator cost(Generator next, Bookkeeping books, Budget budget) {
        return generation -> {
            Claim claim = generation.right();
            return books.then(
                    ledger -> refusal(ledger, claim, generation.request(), budget),
                    refusal -> refusal.map(Steps::ended).orElseGet(() -> next.generate(generation)));
        };
    }

    /** Empty when the amount is reserved. */
    private static Optional<Outcome> refusal(
            LedgerSession ledger, Claim claim, GenerationRequest request, Budget budget) {
        Amount amount = budget.prices().most(request);
        Reserving reserving = ledger.reserve(claim, amount, budget.caps());
        if (reserving instanceof Reserving.Refused refused) {
            return Optional.of(new Outcome.OverBudget("it may take " + said(amount, budget) + counted(request, budget)
                    + ", the account has spent or reserved " + said(refused.spent(), budget) + " today ("
                    + refused.day() + ", UTC), and the most for a day is " + budget.caps()));
        }
        return reserving instanceof Reserving.Gone ? Optional.of(Recorded.GONE) : Optional.empty();
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

    /** Ends every call, and closes its socket, at the generation time-out. Waiting before the call counts. */
    static Generator time(Generator next, Timers timers) {
        return generation -> {
            TimeLimit deadline = generation.deadline(timers.nanoTime());
            Duration left = deadline.left(timers.nanoTime());
            if (left.isNegative() || left.isZero()) {
                return Steps.ended(new Outcome.NotSent(
                        deadline + " had passed before the request could be sent", false, null, Trace.NONE));
            }
            var ending = new CompletableFuture<Outcome>();
            var late = new AtomicBoolean();
            var timer = timers.after(left);
            var call = next.generate(generation).toCompletableFuture();
            call.whenComplete((outcome, error) -> {
                timer.complete(false);
                String reason = late.get() ? "no answer within " + deadline : "the call was cancelled";
                ending.complete(outcome != null ? outcome : abandoned(reason));
            });
            timer.whenComplete((passed, error) -> {
                // False means that the component stops: it then closes the client, which ends the call by itself.
                if (Boolean.TRUE.equals(passed)) {
                    late.set(true);
                    // An answer that has arrived is not cancelled: its link may be paid.
                    call.cancel(true);
                    ending.complete(abandoned("no answer within " + deadline));
                }
            });
            return ending;
        };
    }

    private static Outcome abandoned(String reason) {
        return new Outcome.Unknown(reason, null, Trace.UNANSWERED);
    }
}
