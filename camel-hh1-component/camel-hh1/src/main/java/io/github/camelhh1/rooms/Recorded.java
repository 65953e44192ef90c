package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Sending;
import io.github.camelhh1.generation.Generation.Task;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.QuotedPrompt;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ledger says {@code SENT} before the first byte leaves, and the outcome right after the last one has come. */
final class Recorded implements Generator {
    /**
     * An attempt that may leave.
     *
     * @param attempt empty when the claim is gone
     * @param sendBefore no byte leaves later than this; null for no limit
     * @param lookupId its name for look-ups; null where there are none
     */
    private record Begun(
            Optional<Attempt> attempt,
            @Nullable Long sendBefore,
            @Nullable String lookupId) {}

    static final Outcome GONE = new Outcome.InFlight(
            "this process was cut off for so long that its claim ran out, and another may be at work on the request");

    private static final Outcome RECALLED = new Outcome.Busy(Permits.STOPPING);

    private final Generator next;
    private final Bookkeeping books;
    private final Timers timers;
    private final @Nullable UnaryOperator<String> names;

    /** @param names gives each attempt of a run a name for look-ups; null where there are none */
    Recorded(Generator next, Bookkeeping books, Timers timers, @Nullable UnaryOperator<String> names) {
        this.next = next;
        this.books = books;
        this.timers = timers;
        this.names = names;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        return isRecalled(generation)
                ? Steps.ended(RECALLED)
                : books.then(ledger -> begun(ledger, generation), begun -> begun.attempt()
                        .map(attempt -> attempt(generation.sending(sending(attempt, begun, generation)), attempt))
                        .orElseGet(() -> Steps.ended(GONE)));
    }

    /**
     * A process that was paused for half a lease after it asked the ledger sends nothing: other nodes may soon take it
     * for dead and its runs for unknown. The clock is read before the ledger is asked, since the ledger's answer may be
     * late.
     */
    private Begun begun(LedgerSession ledger, Generation generation) {
        long asked = timers.nanoTime();
        long half = ledger.lease().toNanos() / 2;
        String name = names == null ? null : names.apply(generation.identity().runId());
        Optional<Attempt> attempt = ledger.sent(generation.right(), generation.staged(), name);
        return new Begun(attempt, half == 0 ? null : asked + half, name);
    }

    /** The ledger has a task's id before anybody asks for the task, and the ids of an answer before its look-up. */
    private Sending sending(Attempt attempt, Begun begun, Generation generation) {
        return new Sending(
                begun.sendBefore(),
                id -> books.settle(attempt.claim(), Settlement.task(attempt, id)),
                null,
                begun.lookupId(),
                unknown -> books.settle(attempt.claim(), Settlement.noted(attempt, ending(unknown, generation))));
    }

    /**
     * Goes on with an attempt that has left, whose task the generation names. Its outcome is never that nothing was sent.
     */
    CompletionStage<Outcome> resumed(Generation generation, Attempt attempt) {
        return Steps.through(
                next,
                generation,
                outcome -> recorded(generation, attempt, sent(outcome)),
                defect -> recorded(generation, attempt, defect(defect)));
    }

    private static Outcome sent(Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) {
            return completed.recovered(completed.completion().rayId());
        }
        boolean ended = outcome.mayBeBilled() || outcome instanceof Outcome.Rejected;
        String reason = outcome instanceof Outcome.NotSent not ? not.reason() : outcome.toString();
        return ended ? outcome : new Outcome.Unknown("its task goes on: " + reason, null, outcome.trace());
    }

    private static Outcome defect(Throwable defect) {
        return Steps.broken("a defect of this component: ", defect, Trace.UNANSWERED);
    }

    private static boolean isRecalled(Generation generation) {
        return generation.accepted().recalled().isDone();
    }

    private CompletionStage<Outcome> attempt(Generation generation, Attempt number) {
        // Asked again, for the ledger may have been slow.
        if (!isRecalled(generation)) {
            generation.accepted().progress().sent(number.number());
        }
        Generator allowed = isRecalled(generation) ? recalled -> Steps.ended(RECALLED) : next;
        return Steps.through(
                allowed,
                generation,
                outcome -> recorded(generation, number, outcome),
                defect -> recorded(generation, number, defect(defect)));
    }

    private CompletionStage<Outcome> recorded(Generation generation, Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) {
            var elapsed =
                    Duration.ofNanos(timers.nanoTime() - generation.accepted().nanos());
            var ending = completed.recorded(generation.newRun(), elapsed);
            Task task = generation.task();
            boolean handedOn = task == null || task.awaited().getAsBoolean();
            return settled(attempt, ending, Settlement.completed(attempt, ending.completion(), handedOn));
        } else if (outcome instanceof Outcome.Unknown unknown) {
            Ending ending = ending(unknown, generation).link(unknown.link());
            return settled(attempt, unknown, Settlement.unknown(attempt, ending));
        } else if (outcome instanceof Outcome.Failed) {
            return settled(attempt, outcome, Settlement.failed(attempt, ending(outcome, generation)));
        } else if (outcome instanceof Outcome.Rejected) {
            return settled(attempt, outcome, Settlement.rejected(attempt, ending(outcome, generation)));
        }
        // Before a retry delay begins: a process that dies during the delay leaves no unknown run behind.
        return settled(attempt, outcome, Settlement.unsent(attempt));
    }

    private CompletionStage<Outcome> settled(Attempt attempt, Outcome outcome, Settlement settlement) {
        return books.settle(attempt.claim(), settlement).thenApply(written -> outcome);
    }

    private static Ending ending(Outcome outcome, Generation generation) {
        return new Ending(
                QuotedPrompt.of(outcome.reason(), generation.request()),
                outcome.trace().ids(),
                null);
    }
}
