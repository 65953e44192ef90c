package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Trace;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Run;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One key is paid at most once: the first delivery claims it, a second one joins the first, gets its answer again, or is
 * told that the key is held. The calling thread waits for the claim; the next room may hold it back.
 */
final class OncePerKey implements Generator {
    private static final CompletionStage<Outcome> REUSED = CompletableFuture.completedStage(
            new Outcome.KeyReused("the key was used for another request, which is being made, was made, or is held"));

    private final Generator next;
    private final Bookkeeping books;
    private final RunsUnderWay joins;

    OncePerKey(Generator next, Bookkeeping books, RunsUnderWay joins) {
        this.next = next;
        this.books = books;
        this.joins = joins;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        Identity identity = generation.identity();
        RunUnderWay own = new RunUnderWay(identity.fingerprint());
        RunUnderWay first = joins.putIfAbsent(books.owner(), identity.runId(), own);
        return first == null ? first(generation, own) : joined(first, identity);
    }

    private CompletionStage<Outcome> first(Generation generation, RunUnderWay own) {
        String session = books.owner();
        String runId = generation.identity().runId();
        var delivery = new ClaimedDelivery(generation, next, books);
        CompletionStage<Outcome> ending;
        try {
            Claiming claiming = claim(generation);
            RunUnderWay elsewhere = elsewhere(claiming, own);
            if (elsewhere == null
                    && claiming instanceof Claiming.NotClaimed not
                    && not.reason() == Claiming.Reason.IN_FLIGHT) {
                // Its delivery may have ended in this JVM since the ledger answered; then the ledger knows more.
                // Where the owner is another JVM, this costs one more question.
                claiming = claim(generation);
                elsewhere = elsewhere(claiming, own);
            }
            if (elsewhere != null) {
                ending = joined(elsewhere, generation.identity());
            } else {
                ending = claiming instanceof Claiming.Claimed claimed
                        ? delivery.send(claimed)
                        : answered((Claiming.NotClaimed) claiming);
            }
        } catch (LedgerException e) {
            ending = CompletableFuture.completedStage(notWritten(e));
        } catch (RuntimeException | Error e) {
            ending = CompletableFuture.failedStage(e);
        }
        return ending.whenComplete((outcome, error) -> {
            // Before the others are told, for they may try again at once. An ending that is not in the ledger yet is
            // known only here: a delivery that comes meanwhile joins.
            delivery.whenWritten().thenRun(() -> joins.remove(session, runId, own));
            own.tell(outcome, error);
        });
    }

    private Claiming claim(Generation generation) {
        return books.apart(
                ledger -> ledger.claim(generation.newRun(), generation.limits().maxPaidAttempts()));
    }

    private static CompletionStage<Outcome> joined(RunUnderWay first, Identity identity) {
        return first.isOf(identity.fingerprint()) ? first.ending() : REUSED;
    }

    /** Of a key that is not this delivery's to send. */
    private static CompletionStage<Outcome> answered(Claiming.NotClaimed claiming) {
        Run run = claiming.run();
        Claiming.Reason reason = claiming.reason();
        if (reason == Claiming.Reason.COMPLETED) {
            return CompletableFuture.completedStage(
                    Outcome.Completed.replay(Objects.requireNonNull(run.completion()), run.asked()));
        } else if (reason == Claiming.Reason.HELD) {
            return CompletableFuture.completedStage(new Outcome.Held(run.reason(), Trace.of(run.ending())));
        } else if (reason == Claiming.Reason.FAILED) {
            return CompletableFuture.completedStage(new Outcome.Failed(run.reason(), Trace.of(run.ending())));
        } else if (reason == Claiming.Reason.IN_FLIGHT) {
            return CompletableFuture.completedStage(new Outcome.InFlight("another node is at work on this request"));
        }
        return REUSED;
    }

    /**
     * A delivery in another component or Camel context of this JVM that works on the run; null when there is none. One
     * whose owner was taken for dead may still be at work on a run that is held.
     */
    private @Nullable RunUnderWay elsewhere(Claiming claiming, RunUnderWay own) {
        if (claiming instanceof Claiming.NotClaimed not
                && (not.reason() == Claiming.Reason.IN_FLIGHT || not.reason() == Claiming.Reason.HELD)) {
            return joins.waitedFor(not.run().owner(), not.run().runId(), own);
        }
        return null;
    }

    static Outcome notWritten(LedgerException e) {
        return new Outcome.NotSent(
                "the ledger cannot be written, and nothing is sent without it: " + e.getMessage(), true, e, Trace.NONE);
    }
}
