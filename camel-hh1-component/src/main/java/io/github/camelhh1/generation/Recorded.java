package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The ledger says {@code SENT} before the first byte leaves, and the outcome right after the last came. */
final class Recorded implements Generator {
    private final Generator next;
    private final Bookkeeping books;
    private final Timers timers;

    Recorded(Generator next, Bookkeeping books, Timers timers) {
        this.next = next;
        this.books = books;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        Claim claim = generation.right();
        return books.later(ledger -> ledger.sent(claim, generation.staged()))
                .handle((sent, failure) -> {
                    if (failure instanceof LedgerException e) {
                        return CompletableFuture.completedStage(OncePerKey.notWritten(e));
                    } else if (failure != null) {
                        return CompletableFuture.<Outcome>failedStage(failure);
                    }
                    return sent ? attempt(generation) : CompletableFuture.completedStage(gone());
                })
                .thenCompose(Function.identity());
    }

    static Outcome gone() {
        return new Outcome.InFlight(
                "this process was cut off for so long that its claim ran out, and another may be at work on the request");
    }

    private CompletionStage<Outcome> attempt(Generation generation) {
        CompletionStage<Outcome> attempt;
        try {
            attempt = next.generate(generation);
        } catch (RuntimeException | Error e) {
            attempt = CompletableFuture.failedStage(e);
        }
        return attempt.handle((outcome, error) -> outcome != null ? outcome : broken(error))
                .thenCompose(outcome -> recorded(generation, outcome));
    }

    /** It may have left before it broke. */
    private static Outcome broken(Throwable error) {
        return new Outcome.Unknown(
                "a defect of this component: " + CleanText.of(String.valueOf(error)), error, Trace.UNANSWERED);
    }

    private CompletionStage<Outcome> recorded(Generation generation, Outcome outcome) {
        Claim claim = generation.right();
        if (outcome instanceof Outcome.Completed completed) {
            var elapsed =
                    Duration.ofNanos(timers.nanoTime() - generation.accepted().nanos());
            var ending = completed.recorded(generation.newRun(), elapsed);
            return settled(claim, ending, ledger -> ledger.complete(claim, ending.completion()));
        } else if (outcome instanceof Outcome.Unknown unknown) {
            return settled(
                    claim, unknown, ledger -> ledger.unknown(claim, ending(unknown.reason(), unknown, generation)));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            return settled(
                    claim,
                    rejected,
                    ledger -> ledger.reject(claim, ending(rejected.reason(), rejected, generation), false));
        } else if (outcome instanceof Outcome.Failed failed) {
            return settled(
                    claim, failed, ledger -> ledger.reject(claim, ending(failed.reason(), failed, generation), true));
        }
        // Whether this can be written or not: sending it again, or giving the claim up, begins from either state.
        return books.later(ledger -> ledger.unsent(claim)).handle((unsent, failure) -> outcome);
    }

    private CompletionStage<Outcome> settled(Claim claim, Outcome outcome, Consumer<LedgerSession> write) {
        return books.settle(claim, write).thenApply(written -> outcome);
    }

    private static Ending ending(String reason, Outcome outcome, Generation generation) {
        Trace trace = outcome.trace();
        return new Ending(
                Unquoted.of(reason, generation.request()),
                trace.httpStatus(),
                trace.code(),
                trace.logId(),
                trace.rayId());
    }
}
