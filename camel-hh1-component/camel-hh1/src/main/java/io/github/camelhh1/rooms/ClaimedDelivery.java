package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.text.CleanText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A delivery that has claimed its key: sends it, sends it again where that is allowed, and gives the claim up at last. */
final class ClaimedDelivery {
    private final Generation generation;
    private final Generator next;
    private final Bookkeeping books;
    private volatile @Nullable Claim last;

    ClaimedDelivery(Generation generation, Generator next, Bookkeeping books) {
        this.generation = generation;
        this.next = next;
        this.books = books;
    }

    /** Where an earlier attempt may be billed, no ending says that nothing is. */
    CompletionStage<Outcome> send(Claiming.Claimed claimed) {
        CompletionStage<Outcome> ending = send(claimed.claim());
        Run unknown = claimed.unknown();
        return unknown == null ? ending : ending.thenApply(outcome -> held(unknown, outcome));
    }

    private static Outcome held(Run unknown, Outcome outcome) {
        boolean known = outcome instanceof Outcome.Completed
                || outcome instanceof Outcome.Failed
                || outcome instanceof Outcome.Unknown
                || outcome instanceof Outcome.InFlight;
        return known
                ? outcome
                : new Outcome.Held(
                        unknown.reason() + "; it was to be sent again and brought nothing (" + reason(outcome) + ")",
                        outcome.trace());
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            return rejected.reason();
        } else if (outcome instanceof Outcome.NotSent notSent) {
            return notSent.reason();
        } else if (outcome instanceof Outcome.Throttled throttled) {
            return throttled.reason();
        }
        return outcome instanceof Outcome.OverBudget overBudget ? overBudget.reason() : "not sent";
    }

    private CompletionStage<Outcome> send(Claim claim) {
        last = claim;
        CompletionStage<Outcome> sent;
        try {
            sent = next.generate(generation.claimed(claim));
        } catch (RuntimeException | Error e) {
            sent = CompletableFuture.failedStage(e);
        }
        return sent.handle((outcome, error) -> outcome != null ? ended(claim, outcome) : broken(claim, error))
                .thenCompose(Function.identity());
    }

    /** Completes when the ledger knows how the last claim ended. */
    CompletionStage<Void> whenWritten() {
        Claim claim = last;
        return claim == null ? CompletableFuture.completedStage(null) : books.whenWritten(claim);
    }

    private CompletionStage<Outcome> ended(Claim claim, Outcome outcome) {
        if (outcome instanceof Outcome.Unknown unknown && generation.limits().maxPaidAttempts() > 1) {
            return again(unknown);
        } else if (outcome instanceof Outcome.Completed
                || outcome instanceof Outcome.Failed
                || outcome instanceof Outcome.Rejected
                || outcome instanceof Outcome.Unknown) {
            return CompletableFuture.completedStage(outcome);
        }
        return books.settle(claim, Settlement.release(claim)).thenApply(written -> outcome);
    }

    /** Sends it once more, as the option {@code onUnknown=resend} asks for; the ledger counts. */
    private CompletionStage<Outcome> again(Outcome.Unknown unknown) {
        return books.later(ledger ->
                        ledger.claim(generation.newRun(), generation.limits().maxPaidAttempts()))
                .handle((claiming, error) -> claiming instanceof Claiming.Claimed claimed
                        ? send(claimed.claim()).<Outcome>handle((outcome, defect) -> together(unknown, outcome, defect))
                        : CompletableFuture.<Outcome>completedStage(unknown))
                .thenCompose(Function.identity());
    }

    /** What was paid, or may have been, outweighs whatever did not come of sending it again. */
    private static Outcome together(Outcome.Unknown before, @Nullable Outcome after, @Nullable Throwable defect) {
        if (after == null) {
            return new Outcome.Unknown(
                    before.reason() + "; sending it again broke: " + CleanText.of(String.valueOf(defect)),
                    defect,
                    before.trace());
        }
        boolean outweighs = after instanceof Outcome.Completed
                || after instanceof Outcome.Failed
                || after instanceof Outcome.Unknown;
        Outcome ending = outweighs ? after : before;
        return ending.traced(ending.trace()
                .attempts(before.trace().attempts() + after.trace().attempts()));
    }

    /** A room has a defect. Nobody but the ledger knows how far it came. */
    private CompletionStage<Outcome> broken(Claim claim, Throwable error) {
        var ending = Ending.of("a defect of this component: " + CleanText.of(String.valueOf(error)));
        return books.settle(claim, Settlement.abandon(claim, ending))
                .thenCompose(written -> CompletableFuture.failedStage(error));
    }
}
