package io.github.camelhh1.ledger;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.Claim.Attempt;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One owner at work with a ledger. Each claim belongs to the owner that made it, for as long as that owner lives.
 *
 * <p>Every change is a compare-and-set on one claim, one attempt and one version of the run. Its result says whether it
 * took place. It does not take place if the run belongs to another claim or attempt by then. The same change made twice
 * is harmless. Methods block for as long as the disk or the database takes, and throw {@link LedgerException} when it
 * fails: the change may then have taken place, or take effect later. A late change changes no newer attempt. Safe for
 * use by many threads; a claim is used by one caller at a time.
 *
 * <p><b>Preview</b>: this port may change before version 1.0.
 */
public interface LedgerSession extends AutoCloseable {

    /** This session's name to all others; never used twice. */
    String owner();

    /**
     * Claims the right to send this run, in one atomic step. A run is claimed by at most one caller at a time. A claim
     * of this session without a worker is freed first.
     *
     * <p>The answer {@code COMPLETED} marks the run as handed on, and {@code HELD} and {@code IN_FLIGHT} mark that it
     * was asked for. A {@code COMPLETED} run that is being {@linkplain #emit emitted} is {@code IN_FLIGHT}.
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
    default Optional<Attempt> sent(Claim claim, @Nullable String staged) {
        return sent(claim, staged, null);
    }

    /**
     * The same.
     *
     * @param lookupId the name that the attempt is sent with, at most 64 characters, so that the service can be asked for it;
     *     null for none
     */
    Optional<Attempt> sent(Claim claim, @Nullable String staged, @Nullable String lookupId);

    /**
     * Keeps the name by which the service knows the attempt, so that any owner can ask for its outcome. True also where the
     * attempt has ended, or a later one has begun.
     *
     * @param taskId at most 200 characters
     */
    boolean task(Attempt attempt, String taskId);

    /**
     * Keeps the ending so far of an attempt without an answer, before the service is asked for it. If this owner dies,
     * it becomes the ending of the {@code UNKNOWN} run. False if the attempt has ended or a later one has begun.
     */
    boolean noted(Attempt attempt, Ending soFar);

    /**
     * {@code UNKNOWN} runs of the account whose task the service still knows: their owners are dead, or nobody waits for
     * them any more. Those that nobody has asked for longest come first.
     */
    List<Run> toResume(String account, int most);

    /**
     * Takes a run with a task over, to ask for its outcome: {@code SENT} again, of this owner and a new claim, with the same
     * attempt and the same reservation. Empty: the run has no {@linkplain Run#hasOpenTask() open task} any more, or another
     * one.
     */
    Optional<Attempt> resume(String runId, String taskId);

    /**
     * Back to {@code CLAIMED}: the attempt provably did not start, or was refused for now. True also where a later
     * attempt has begun.
     */
    boolean unsent(Attempt attempt);

    /** The same for an exchange that waits, which gets the video. */
    default Settled complete(Attempt attempt, Completion completion) {
        return complete(attempt, completion, true);
    }

    /**
     * To {@code COMPLETED}, from {@code SENT} or, late, from {@code UNKNOWN}. The reservation is spent.
     *
     * @param handedOn whether an exchange gets the video. A run that nobody waited for is handed on later: to the next
     *     delivery, or by {@link #emit}. True also marks a run of this attempt that was completed without it
     */
    Settled complete(Attempt attempt, Completion completion, boolean handedOn);

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
     * Gives up the claim, from {@code CLAIMED} or {@code SENT}: the run becomes as the claim found it, and the reservation
     * is given back. Only for a claim for which nothing can have been paid.
     */
    boolean release(Claim claim);

    /** Gives up a claim whose progress is not known: {@code SENT} becomes {@code UNKNOWN}. */
    boolean abandon(Claim claim, Ending ending);

    /**
     * Reserves {@code amount} for the account on the ledger's day (UTC), unless a cap would be exceeded; a second
     * reservation of a claim replaces the first. Concurrent reservations, of any owners, never exceed a cap.
     */
    Reserving reserve(Claim claim, Amount amount, Caps caps);

    /** The account's spent and reserved amounts of {@code day} (UTC), both at one moment. */
    Spending spending(String account, LocalDate day);

    /** The sum of both. */
    default Amount spent(String account, LocalDate day) {
        return spending(account, day).counted();
    }

    /** The day (UTC) by the ledger's clock. */
    LocalDate today();

    Optional<Run> find(String runId);

    /**
     * Newest first, by the time at which a run was first claimed. Runs of the same time always have the same order, so that
     * no run falls between two pages.
     */
    List<Run> list(Run.Filter filter, int limit, int offset);

    /** Of every state when {@code state} is null. */
    default List<Run> runs(@Nullable RunState state, int limit, int offset) {
        return list(Run.Filter.of(state), limit, offset);
    }

    /** How many runs the filter selects. */
    long count(Run.Filter filter);

    /**
     * An operator has found the video: {@code UNKNOWN} to {@code COMPLETED}, or another link for a {@code COMPLETED} run.
     *
     * @throws LedgerException that {@linkplain LedgerException#isPerhapsDone() may be done} when the answer was lost and
     *     the run cannot be read
     */
    boolean adopt(String runId, String videoUrl);

    /**
     * {@code UNKNOWN}, {@code FAILED} or {@code COMPLETED} to {@code FORGOTTEN}: it may be sent, and paid, again. It
     * stays counted. A run whose task {@linkplain Run#isGoingOn may go on} is not changed.
     *
     * @param only the state that the run has; null for any of the three, but not for {@code COMPLETED} with a video that was
     *     never handed on
     * @throws LedgerException as {@link #adopt} does
     */
    boolean forget(String runId, @Nullable RunState only);

    default boolean forget(String runId) {
        return forget(runId, null);
    }

    /**
     * {@code UNKNOWN} runs that {@linkplain LookupPlace#has may be found} in the place and whose next look is due;
     * those that were due first come first. Each is given to one caller, and to no other for a pause. {@code pauses}
     * gives the pause for the time since the run was sent.
     *
     * @param within runs that were sent longer ago are looked up no more
     */
    List<Run> lookUp(LookupPlace place, Duration within, int most, Function<Duration, Duration> pauses);

    /**
     * A look-up has found the video of this {@code UNKNOWN} run. False if the run has changed since it was read.
     *
     * @param handedOn as in {@link #complete}
     */
    boolean found(Run run, Completion completion, boolean handedOn);

    /** A look-up has found another end: {@code REJECTED}, or {@code UNKNOWN} with another reason. Otherwise as above. */
    boolean found(Run run, RunState state, Ending ending);

    /**
     * Begins to hand on runs whose ending no exchange has received, in the order of their settlement. No other owner
     * hands them on until {@link #ended}, or while this owner lives.
     */
    List<Emission> emit(Emission.Filter filter, int most);

    /**
     * The end of an emission.
     *
     * @param again how long the run is not emitted again, where the route has failed; a delivery may get it meanwhile. Null
     *     where the route has got it: it is handed on
     * @return false when the run has changed meanwhile, or its owner was taken for dead and another hands it on
     */
    boolean ended(Emission emission, @Nullable Duration again);

    /**
     * Shortens runs that ended and were handed on so long ago, in one step: id, key, state and times stay, and each goes on
     * answering in its state, without a video or a reason. Touches no open and no {@code UNKNOWN} run.
     *
     * @param most the most runs to shorten
     * @return how many were shortened
     */
    int prune(Duration olderThan, int most);

    /** Keeps this owner alive, by the ledger's own clock. An owner that was buried meanwhile takes a new name. */
    void renew();

    /**
     * Settles runs without a worker: those of dead owners, and those that a late statement of this owner made. {@code
     * SENT} becomes {@code UNKNOWN}, {@code CLAIMED} is free, and an emission without a worker ends.
     *
     * @return the runs that became {@code UNKNOWN}
     */
    List<Run> recover();

    /** How long this owner lives without {@link #renew()}; {@link Duration#ZERO} when its life needs no renewal. */
    Duration lease();

    /** Ends the owner's life. Runs that it left {@code SENT} become {@code UNKNOWN} at the next recovery. */
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

        /** It may not be sent, for the reason that the run shows. */
        record NotClaimed(Reason reason, Run run) implements Claiming {}

        enum Reason {
            /** The video is made and paid; the run holds the answer. */
            COMPLETED,
            /** An earlier attempt ended unknown, and the run is held. */
            HELD,
            /** An earlier attempt failed: no video will come, and the same failure is the answer. */
            FAILED,
            /** A living owner works on it. */
            IN_FLIGHT,
            /** The key belongs to another request. */
            KEY_REUSED
        }
    }

    /** The answer to a reservation. */
    sealed interface Reserving {

        /** The amount counts on that day (UTC, by the ledger's clock). */
        record Reserved(LocalDate day) implements Reserving {}

        /**
         * A cap would be exceeded.
         *
         * @param spent the amount that the account has spent and reserved on that day
         */
        record Refused(LocalDate day, Amount spent) implements Reserving {}

        /** The claim is gone. */
        record Gone() implements Reserving {}
    }

    /** The result of a settlement. */
    enum Settled {
        /** The run is settled so, by this call or by an earlier one. */
        DONE,
        /**
         * The run is settled so now. Before, its row said that this attempt had never left, although its {@code SENT} was
         * acknowledged: something else than this component has changed the ledger.
         */
        REPAIRED,
        /** The run belongs to another claim or attempt now. The settlement is kept in the table {@code hh1_late}. */
        LATE
    }
}
