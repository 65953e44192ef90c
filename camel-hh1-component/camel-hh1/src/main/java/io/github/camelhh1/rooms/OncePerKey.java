package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.rooms.RunsUnderWay.RunUnderWay;
import io.github.camelhh1.text.CleanText;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key is paid at most once: the first delivery claims it; a second one joins the first, gets its answer again, or ends
 * as held. The calling thread waits for the claim; the next room may hold it back.
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
        return first == null ? first(generation, own) : first.ending();
    }

    private CompletionStage<Outcome> first(Generation generation, RunUnderWay own) {
        String session = books.owner();
        String runId = generation.identity().runId();
        var delivery = new Claimed(generation);
        CompletionStage<Outcome> ending;
        try {
            Claiming claiming = claim(generation);
            RunUnderWay elsewhere = elsewhere(claiming, own);
            if (elsewhere == null
                    && claiming instanceof Claiming.NotClaimed not
                    && not.reason() == Claiming.Reason.IN_FLIGHT) {
                // The other delivery may have ended in this JVM since the ledger answered; then the ledger knows more.
                // Where the owner is another JVM, this costs one more query.
                claiming = claim(generation);
                elsewhere = elsewhere(claiming, own);
            }
            if (elsewhere != null) {
                ending = elsewhere.ending();
            } else {
                ending = claiming instanceof Claiming.Claimed claimed
                        ? delivery.send(claimed)
                        : answered((Claiming.NotClaimed) claiming);
            }
        } catch (LedgerException e) {
            ending = Steps.ended(Bookkeeping.notWritten(e));
        } catch (RuntimeException | Error e) {
            ending = CompletableFuture.failedStage(e);
        }
        return ending.whenComplete((outcome, error) -> {
            // Before the joined deliveries end, for they may be sent again at once. An ending that is not in the ledger
            // yet is known only here: a delivery that comes meanwhile joins.
            books.whenWritten(delivery.last).thenRun(() -> joins.remove(session, runId, own));
            own.tell(outcome, error);
        });
    }

    private Claiming claim(Generation generation) {
        return books.apart(
                ledger -> ledger.claim(generation.newRun(), generation.limits().maxPaidAttempts()));
    }

    /** The ending of a delivery that may not send. */
    private static CompletionStage<Outcome> answered(Claiming.NotClaimed claiming) {
        Run run = claiming.run();
        return switch (claiming.reason()) {
            case COMPLETED -> Steps.ended(Outcome.Completed.replay(run));
            case HELD -> Steps.ended(new Outcome.Held(held(run), earlier(run)));
            case FAILED -> Steps.ended(new Outcome.Failed(run.reason(), earlier(run)));
            case IN_FLIGHT -> Steps.ended(new Outcome.InFlight(inFlight(run)));
            case KEY_REUSED -> REUSED;
        };
    }

    private static String inFlight(Run run) {
        return switch (run.state()) {
            case COMPLETED -> "its video came late, and a route gets it from hh1:recovered now";
            case UNKNOWN ->
                run.taskId() == null
                        ? "its outcome is unknown, and the service is asked for it before it is sent again"
                        : "task " + run.taskId() + " goes on, and a node of this account asks for it soon";
            default -> "another node is at work on this request";
        };
    }

    /** After {@link Run#TASK_LIFE}, nobody can ask for the task any more. */
    private static String held(Run run) {
        String task = run.hasOpenTask()
                ? "; task " + run.taskId() + " is older than " + Run.TASK_LIFE.toHours()
                        + " h, and the service has forgotten it"
                : "";
        return run.reason() + ", sent at " + run.sentAt() + task;
    }

    private static Trace earlier(Run run) {
        return Trace.of(run.ids()).task(run.taskId());
    }

    /**
     * A delivery in another component or Camel context of this JVM that works on the run; null when there is none. It may
     * still be at work on a run that is held, when its owner was taken for dead.
     */
    private @Nullable RunUnderWay elsewhere(Claiming claiming, RunUnderWay own) {
        if (claiming instanceof Claiming.NotClaimed not
                && (not.reason() == Claiming.Reason.IN_FLIGHT || not.reason() == Claiming.Reason.HELD)) {
            return joins.waitedFor(not.run().owner(), not.run().runId(), own);
        }
        return null;
    }

    /** A delivery that may claim its key: sends, sends again where that is allowed, and releases its claim at last. */
    private final class Claimed {
        private final Generation generation;
        private volatile @Nullable Claim last;

        Claimed(Generation generation) {
            this.generation = generation;
        }

        /** If an earlier attempt may be billed, the ending must not state that nothing is billed. */
        CompletionStage<Outcome> send(Claiming.Claimed claimed) {
            CompletionStage<Outcome> ending = send(generation, claimed);
            Run unknown = claimed.unknown();
            return unknown == null ? ending : ending.thenApply(outcome -> held(unknown, outcome));
        }

        private Outcome held(Run unknown, Outcome outcome) {
            if (outcome.mayBeBilled() || outcome instanceof Outcome.InFlight) {
                return outcome;
            }
            boolean tells = outcome instanceof Outcome.Rejected
                    || outcome instanceof Outcome.NotSent
                    || outcome instanceof Outcome.Throttled
                    || outcome instanceof Outcome.OverBudget;
            String reason = tells ? outcome.reason() : "not sent";
            return new Outcome.Held(
                    unknown.reason() + "; it was to be sent again and brought nothing (" + reason + ")",
                    outcome.trace());
        }

        private CompletionStage<Outcome> send(Generation request, Claiming.Claimed claimed) {
            Claim claim = claimed.claim();
            Run unknown = claimed.unknown();
            last = claim;
            return Steps.through(
                    next,
                    request.claimed(claim, unknown == null ? List.of() : unknown.staged()),
                    outcome -> ended(claim, outcome),
                    defect -> broken(claim, defect));
        }

        private CompletionStage<Outcome> ended(Claim claim, Outcome outcome) {
            // A task that has a name is never sent again, nor a request whose answer has a link: it may be the video's.
            if (outcome instanceof Outcome.Unknown unknown
                    && unknown.trace().taskId() == null
                    && unknown.link() == null
                    && generation.limits().maxPaidAttempts() > 1) {
                return again(unknown);
            } else if (outcome.mayBeBilled() || outcome instanceof Outcome.Rejected) {
                return Steps.ended(outcome);
            }
            return books.settle(claim, Settlement.release(claim)).thenApply(written -> outcome);
        }

        /** Sends it once more, as the option {@code onUnknown=resend} asks for; the ledger counts. */
        private CompletionStage<Outcome> again(Outcome.Unknown unknown) {
            return books.later(ledger -> ledger.claim(
                            generation.newRun(), generation.limits().maxPaidAttempts()))
                    .handle((claiming, error) -> claiming instanceof Claiming.Claimed claimed
                            ? send(generation.again(), claimed)
                                    .<Outcome>handle((outcome, defect) -> together(unknown, outcome, defect))
                            : Steps.ended(meanwhile(unknown, claiming)))
                    .thenCompose(Function.identity());
        }

        /** If a look-up or a person has found the video by now, the ledger counts it as handed to this delivery. */
        private static Outcome meanwhile(Outcome.Unknown unknown, @Nullable Claiming claiming) {
            return claiming instanceof Claiming.NotClaimed not && not.reason() == Claiming.Reason.COMPLETED
                    ? Outcome.Completed.replay(not.run()).paidBy(unknown.trace())
                    : unknown;
        }

        /** An attempt that was paid, or may have been, outweighs an attempt that was not sent. */
        private Outcome together(Outcome.Unknown before, @Nullable Outcome after, Throwable defect) {
            if (after == null) {
                return Steps.broken(before.reason() + "; sending it again broke: ", defect, before.trace());
            }
            Outcome ending = after.mayBeBilled() ? after : before;
            return ending.traced(ending.trace()
                    .attempts(before.trace().attempts() + after.trace().attempts()));
        }

        /** A room has a defect. Only the ledger knows how far the request came. */
        private CompletionStage<Outcome> broken(Claim claim, Throwable error) {
            var ending = Ending.of("a defect of this component: " + CleanText.of(String.valueOf(error)));
            return books.settle(claim, Settlement.abandon(claim, ending))
                    .thenCompose(written -> CompletableFuture.failedStage(error));
        }
    }
}
