package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import org.jspecify.annotations.Nullable;

/** A change of a run's row. {@link RunTransitions} says what each does. */
public sealed interface Command {

    /** A settled run is claimed once more. */
    record ClaimAgain(NewRun request, Claim claim) implements Command {}

    /** A reservation takes the place of an earlier one. The store has checked the caps. */
    record Reserve(Reservation reservation) implements Command {}

    /** Attempt {@code attempt} may leave from now on. */
    record Sent(int attempt, @Nullable String staged) implements Command {}

    /** Attempt {@code attempt} provably did not start, or was refused for now. */
    record Unsent(int attempt) implements Command {}

    /** {@code fromClaimed}: also where the row says that nothing was sent. */
    record Complete(int attempt, Completion completion, boolean fromClaimed) implements Command {}

    /** The service refused the attempt and bills nothing. */
    record Reject(int attempt, Ending ending) implements Command {}

    /** The attempt began and no video will come; {@code fromClaimed} as above. */
    record Fail(int attempt, Ending ending, boolean fromClaimed) implements Command {}

    /** Nobody knows what became of the attempt; {@code fromClaimed} as above. */
    record Unknown(int attempt, Ending ending, boolean fromClaimed) implements Command {}

    /** A claim is given up of which nothing can have been paid. */
    record Release() implements Command {}

    /** A sent run that nobody works on any more. */
    record Abandon() implements Command {}

    /** An operator has found the video. */
    record Adopt(String videoUrl) implements Command {}

    /** An operator frees the request. */
    record Forget() implements Command {}
}
