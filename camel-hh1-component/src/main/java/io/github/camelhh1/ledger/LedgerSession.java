package io.github.camelhh1.ledger;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One owner at work with a ledger. Each claim belongs to the owner that made it, for as long as that owner lives.
 *
 * <p>Every change is a compare-and-set on one claim: it says whether it took place, and it does not when the claim has
 * gone to somebody else meanwhile. Making the same change twice is harmless. Methods may block for as long as a disk or a
 * database takes, and throw {@link LedgerException} when it cannot be written or read; whether the change took place is
 * then unknown. Safe for use by many threads.
 */
public interface LedgerSession extends AutoCloseable {

    /** Who this session is to all others; never used twice. */
    String owner();

    /**
     * Claims the right to send this run, in one atomic step. One run is claimed by at most one caller at a time within a
     * session; a claim of this very session that was left behind is taken over.
     *
     * @param maxPaidAttempts an {@link RunState#UNKNOWN} run is claimed again while fewer attempts than this may have
     *     been paid; 1 holds every unknown run
     */
    Claiming claim(NewRun run, int maxPaidAttempts);

    /**
     * {@code CLAIMED} to {@code SENT}, before the first byte leaves. False: the claim is gone, nothing may be sent.
     *
     * @param staged by what the image is found that was staged for it; added to those of earlier attempts, until the
     *     outcome is known. Null when none was staged
     */
    boolean sent(Claim claim, @Nullable String staged);

    /** The same where no image was staged. */
    default boolean sent(Claim claim) {
        return sent(claim, null);
    }

    /** {@code SENT} back to {@code CLAIMED}: the attempt provably did not start, or was refused for now. */
    boolean unsent(Claim claim);

    /** To {@code COMPLETED}, from {@code SENT} or, late, from {@code UNKNOWN}. What was reserved is spent. */
    boolean complete(Claim claim, Completion completion);

    /**
     * From {@code SENT} to {@code REJECTED}; back to {@code UNKNOWN} when an earlier attempt ended so.
     *
     * @param billed whether it may be billed: what was reserved is then spent, otherwise given back
     */
    boolean reject(Claim claim, Ending ending, boolean billed);

    /** From {@code SENT} to {@code UNKNOWN}: held from now on. What was reserved is spent. */
    boolean unknown(Claim claim, Ending ending);

    /**
     * Gives the claim up, from {@code CLAIMED} or {@code SENT}: the run is as the claim found it, and what was reserved
     * is given back. Only for a claim of which nothing can have been paid.
     */
    boolean release(Claim claim);

    /**
     * Counts {@code amount} to what the account spends on {@code day}, unless a cap would be passed; a claim reserves
     * once, a second reservation replaces the first. Concurrent reservations, of whichever owner, never pass a cap.
     *
     * @return whether it was reserved; false also when the claim is gone
     */
    boolean reserve(Claim claim, LocalDate day, Amount amount, Caps caps);

    /** What the account has spent and reserved on {@code day} (UTC). */
    Amount spent(String account, LocalDate day);

    Optional<Run> find(String runId);

    /** Newest first; of every state when {@code state} is null. */
    List<Run> runs(@Nullable RunState state, int limit, int offset);

    /** {@code UNKNOWN} to {@code COMPLETED} by an operator's word, or another link for a {@code COMPLETED} run. */
    boolean adopt(String runId, String videoUrl);

    /** {@code UNKNOWN} or {@code COMPLETED} to {@code FORGOTTEN}: it may be sent, and paid, again. It stays counted. */
    boolean forget(String runId);

    /** Keeps this owner alive, by the ledger's own clock. */
    void renew();

    /**
     * Settles what owners left behind that live no more: {@code SENT} becomes {@code UNKNOWN}, {@code CLAIMED} is free.
     *
     * @return the runs that became {@code UNKNOWN}
     */
    List<Run> recover();

    /** How long this owner lives without {@link #renew()}; {@link Duration#ZERO} when its life needs no renewal. */
    Duration lease();

    /** Ends the owner's life. What it left {@code SENT} becomes {@code UNKNOWN} at the next recovery. */
    @Override
    void close();
}
