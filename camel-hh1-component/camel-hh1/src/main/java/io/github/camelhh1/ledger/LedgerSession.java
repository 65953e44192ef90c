package io.github.camelhh1.ledger;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim.Attempt;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One owner at work with a ledger. Each claim belongs to the owner that made it, for as long as that owner lives.
 *
 * <p>Every change is a compare-and-set on one claim, one attempt and one version of the run. It says whether it took
 * place, and it does not when the run has gone to another claim or attempt meanwhile. Making the same change twice is
 * harmless. Methods may block for as long as a disk or a database takes, and throw {@link LedgerException} when it cannot
 * be written or read: the change may then have taken place, or take effect later. A change that takes effect late changes
 * no newer attempt. Safe for use by many threads; one claim is worked on by one caller at a time.
 *
 * <p><b>Preview</b>: this port may change before version 1.0.
 */
public interface LedgerSession extends AutoCloseable {

    /** This session's name to all others; never used twice. */
    String owner();

    /** The session that the owner of a claim belongs to: what stands before the owner's number. */
    static String sessionOf(String owner) {
        int number = owner.indexOf('.');
        return number < 0 ? owner : owner.substring(0, number);
    }

    /**
     * Claims the right to send this run, in one atomic step. A run is claimed by at most one caller at a time. A claim of
     * this session that nobody works on is freed first.
     *
     * @param maxPaidAttempts an {@link RunState#UNKNOWN} run is claimed again while fewer attempts than this may have
     *     been paid; 1 holds every unknown run
     */
    Claiming claim(NewRun run, int maxPaidAttempts);

    /**
     * Begins an attempt: {@code SENT}, before the first byte leaves. Empty: the claim or its owner is gone, nothing may
     * be sent.
     *
     * @param staged reference of the image that was staged for it; added to those of earlier attempts, until the outcome
     *     is known. Null when none was staged
     */
    Optional<Attempt> sent(Claim claim, @Nullable String staged);

    /** The same where no image was staged. */
    default Optional<Attempt> sent(Claim claim) {
        return sent(claim, null);
    }

    /**
     * Back to {@code CLAIMED}: the attempt provably did not start, or was refused for now. True also where a later
     * attempt has begun.
     */
    boolean unsent(Attempt attempt);

    /** To {@code COMPLETED}, from {@code SENT} or, late, from {@code UNKNOWN}. The reservation is spent. */
    Settled complete(Attempt attempt, Completion completion);

    /**
     * To {@code REJECTED}, from {@code SENT} or, late, from {@code UNKNOWN}; back to {@code UNKNOWN} when an earlier
     * attempt ended so. The reservation is given back.
     */
    Settled reject(Attempt attempt, Ending ending);

    /** To {@code FAILED}: it began, no video will come, and it may be billed. The reservation is spent. */
    Settled failed(Attempt attempt, Ending ending);

    /** To {@code UNKNOWN}: held from now on. The reservation stays until the run is settled. */
    Settled unknown(Attempt attempt, Ending ending);

    /**
     * Gives the claim up, from {@code CLAIMED} or {@code SENT}: the run is as the claim found it, and the reservation is
     * given back. Only for a claim of which nothing can have been paid.
     */
    boolean release(Claim claim);

    /** Gives a claim up of which nobody knows how far it came: {@code SENT} becomes {@code UNKNOWN}. */
    boolean abandon(Claim claim, Ending ending);

    /**
     * Counts {@code amount} to what the account spends on the ledger's day (UTC), unless a cap would be exceeded; a second
     * reservation of a claim replaces the first. Concurrent reservations, of whichever owner, never exceed a cap.
     */
    Reserving reserve(Claim claim, Amount amount, Caps caps);

    /** The amount that the account has spent and reserved on {@code day} (UTC). */
    Amount spent(String account, LocalDate day);

    /** The day (UTC) by the ledger's clock. */
    LocalDate today();

    Optional<Run> find(String runId);

    /** Newest first; of every state when {@code state} is null. */
    List<Run> runs(@Nullable RunState state, int limit, int offset);

    /**
     * {@code UNKNOWN} to {@code COMPLETED} by an operator's word, or another link for a {@code COMPLETED} run.
     *
     * @throws LedgerException that {@linkplain LedgerException#isPerhapsDone() may be done} when the answer was lost and
     *     the run cannot be read
     */
    boolean adopt(String runId, String videoUrl);

    /**
     * {@code UNKNOWN}, {@code FAILED} or {@code COMPLETED} to {@code FORGOTTEN}: it may be sent, and paid, again. It
     * stays counted.
     *
     * @throws LedgerException as {@link #adopt} does
     */
    boolean forget(String runId);

    /** Keeps this owner alive, by the ledger's own clock. An owner that was buried meanwhile takes a new name. */
    void renew();

    /**
     * Settles runs that nobody works on: those of dead owners, and those of this one that a statement made late.
     * {@code SENT} becomes {@code UNKNOWN}, {@code CLAIMED} is free.
     *
     * @return the runs that became {@code UNKNOWN}
     */
    List<Run> recover();

    /** How long this owner lives without {@link #renew()}; {@link Duration#ZERO} when its life needs no renewal. */
    Duration lease();

    /** Ends the owner's life. What it left {@code SENT} becomes {@code UNKNOWN} at the next recovery. */
    @Override
    void close();

    /** The answer to a claim. */
    sealed interface Claiming {

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

    /** The answer to a reservation. */
    sealed interface Reserving {

        /** The amount counts on that day (UTC, by the ledger's clock). */
        record Reserved(LocalDate day) implements Reserving {}

        /**
         * A cap would be exceeded.
         *
         * @param spent what the account has spent and reserved on that day
         */
        record Refused(LocalDate day, Amount spent) implements Reserving {}

        /** The claim is gone. */
        record Gone() implements Reserving {}
    }

    /** What became of a settlement. */
    enum Settled {
        /** The run says so, by this call or by an earlier one. */
        DONE,
        /**
         * The run says so now. Before, it said that this attempt had never left, although its {@code SENT} was acknowledged:
         * the ledger was changed by something else than this component.
         */
        REPAIRED,
        /** The run belongs to another claim or attempt now. The settlement is kept in the table {@code hh1_late}. */
        LATE
    }
}
