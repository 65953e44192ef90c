package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import org.jspecify.annotations.Nullable;

/** A change of a run's row. {@link RunTransitions} holds the effect of each. */
public sealed interface Command {

    /** A settled run is claimed once more. */
    record ClaimAgain(NewRun request, Claim claim) implements Command {}

    /** A reservation takes the place of an earlier one. The store has checked the caps. */
    record Reserve(Reservation reservation) implements Command {}

    /** Attempt {@code attempt} may leave from now on. */
    record Sent(int attempt, @Nullable String staged) implements Command {}

    /** Attempt {@code attempt} provably did not start, or was refused for now. */
    record Unsent(int attempt) implements Command {}

    /** The service knows attempt {@code attempt} by this id. */
    record Task(int attempt, String taskId) implements Command {}

    /**
     * Attempt {@code attempt} has ended.
     *
     * @param state {@code COMPLETED}, with a completion, or {@code REJECTED}, {@code FAILED}, {@code UNKNOWN}, with an
     *     ending
     * @param fromClaimed applies to a row that says that nothing was sent, instead of one that says that it was
     */
    record Settle(
            int attempt,
            RunState state,
            @Nullable Completion completion,
            @Nullable Ending ending,
            boolean fromClaimed) implements Command {

        public static Settle completed(int attempt, Completion completion) {
            return new Settle(attempt, RunState.COMPLETED, completion, null, false);
        }

        public static Settle ended(int attempt, RunState state, Ending ending) {
            return new Settle(attempt, state, null, ending, false);
        }

        /** The same for a row that says that nothing was sent. A rejection is never taken from there. */
        public Settle repairing() {
            return state == RunState.REJECTED ? this : new Settle(attempt, state, completion, ending, true);
        }

        /** The link of a video that may have been paid for. */
        public @Nullable String videoUrl() {
            return completion != null ? completion.videoUrl() : ending == null ? null : ending.link();
        }
    }

    /** An operator has found the video. */
    record Adopt(String videoUrl) implements Command {}

    enum Plain implements Command {
        /** A claim is given up of which nothing can have been paid. */
        RELEASE,
        /** A sent run that nobody works on any more. */
        ABANDON,
        /** An operator frees the request. */
        FORGET
    }
}
