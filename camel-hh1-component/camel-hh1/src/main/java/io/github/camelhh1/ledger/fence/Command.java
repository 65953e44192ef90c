package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A change of a run's row. {@link RunTransitions} holds the effect of each. */
public sealed interface Command {

    /** A settled run is claimed once more. */
    record ClaimAgain(NewRun request, Claim claim) implements Command {}

    /** The task of a run that nobody works on is asked for by another claim; the attempt stays the same. */
    record Resume(Claim claim) implements Command {}

    /** A reservation takes the place of an earlier one. The store has checked the caps. */
    record Reserve(Reservation reservation) implements Command {}

    /** Attempt {@code attempt} may leave from now on. */
    record Sent(
            int attempt, @Nullable String staged, @Nullable String lookupId) implements Command {}

    /** Attempt {@code attempt} provably did not start, or was refused for now. */
    record Unsent(int attempt) implements Command {}

    /** The service knows attempt {@code attempt} by this id. */
    record Task(int attempt, String taskId) implements Command {}

    /**
     * Attempt {@code attempt} has ended.
     *
     * @param state {@code COMPLETED}, with a completion, or {@code REJECTED}, {@code FAILED}, {@code UNKNOWN}, with an
     *     ending
     * @param handedOn whether an exchange gets the ending; that of an {@code UNKNOWN} run is handed on by an emission
     * @param fromClaimed applies to a row that says that nothing was sent, instead of one that says that it was
     */
    record Settle(
            int attempt,
            RunState state,
            @Nullable Completion completion,
            @Nullable Ending ending,
            boolean handedOn,
            boolean fromClaimed)
            implements Command {

        public static Settle completed(int attempt, Completion completion, boolean handedOn) {
            return new Settle(attempt, RunState.COMPLETED, completion, null, handedOn, false);
        }

        public static Settle ended(int attempt, RunState state, Ending ending) {
            return new Settle(attempt, state, null, ending, state != RunState.UNKNOWN, false);
        }

        /** The same for a row that says that nothing was sent. A rejection is never taken from there. */
        public Settle repairing() {
            return state == RunState.REJECTED ? this : new Settle(attempt, state, completion, ending, handedOn, true);
        }

        /** The link of a video that may have been paid for. */
        public @Nullable String videoUrl() {
            return completion != null ? completion.videoUrl() : ending == null ? null : ending.link();
        }
    }

    /** An operator has found the video. */
    record Adopt(String videoUrl) implements Command {}

    /** A change of the marks of a run's ending, or of a run that was handed on. {@link MarkRules} holds the effects. */
    sealed interface Marking extends Command {}

    enum Mark implements Marking {
        /** A delivery gets the video. The store has seen that nobody emits the run. */
        REPLAY,
        /** A delivery asked for the run, and is to come again. */
        ASK,
        /** The run is shortened. The store has seen that it is old. */
        PRUNE
    }

    /** The answer to attempt {@code attempt} is missing, and the service is about to be asked for it. */
    record Noted(int attempt, Ending soFar) implements Marking {}

    /** The service is asked for attempt {@code attempt} now, and by nobody for so long. */
    record Look(int attempt, Duration pause) implements Marking {}

    /** The owner begins to hand the run on. */
    record Emit(String owner) implements Marking {}

    /**
     * The owner has handed the run on, as it was in this state and attempt.
     *
     * @param again how long it is not emitted again, where the route has failed; null where the route has got it
     */
    record Emitted(
            String owner,
            RunState state,
            int attempt,
            @Nullable Duration again) implements Marking {}

    enum Plain implements Command {
        /** A claim is given up of which nothing can have been paid. */
        RELEASE,
        /** A sent run that nobody works on any more. */
        ABANDON,
        /** An operator frees the request. */
        FORGET
    }
}
