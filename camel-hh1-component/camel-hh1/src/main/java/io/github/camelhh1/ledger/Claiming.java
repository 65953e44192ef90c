package io.github.camelhh1.ledger;

import org.jspecify.annotations.Nullable;

/** The answer to a claim. */
public sealed interface Claiming {

    /**
     * It may be sent.
     *
     * @param unknown an earlier attempt, which ended unknown and may be billed; null when there is none
     */
    record Claimed(Claim claim, @Nullable Run unknown) implements Claiming {}

    /** It is made and paid: here is the answer. */
    record Completed(Run run) implements Claiming {}

    /** An earlier attempt ended unknown, and it is held. */
    record Held(Run run) implements Claiming {}

    /** An earlier attempt failed: no video will come, and the same failure is the answer. */
    record Failed(Run run) implements Claiming {}

    /** An owner that lives is at work on it. */
    record InFlight(Run run) implements Claiming {}

    /** The key belongs to another request. */
    record KeyReused(Run run) implements Claiming {}
}
