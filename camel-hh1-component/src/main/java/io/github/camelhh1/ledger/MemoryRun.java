package io.github.camelhh1.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row of the ledger in memory; guarded by its ledger. */
final class MemoryRun {
    /** What a claim reserved, until it is spent or given back. */
    record Reservation(LocalDate day, Amount amount) {}

    final Instant createdAt;
    NewRun asked;
    RunState state;
    /** What the claim found; null when the run was new. */
    @Nullable
    RunState before;

    Claim claim;
    int paidAttempts;
    String causes = "";

    @Nullable
    Instant sentAt;

    @Nullable
    Instant settledAt;

    @Nullable
    Ending ending;

    @Nullable
    Completion completion;

    @Nullable
    Reservation reserved;

    final Set<String> staged = new LinkedHashSet<>();

    MemoryRun(NewRun asked, Claim claim, Instant now) {
        this.asked = asked;
        this.claim = claim;
        this.createdAt = now;
        this.state = RunState.CLAIMED;
    }

    /** Claimed once more, by whoever may. */
    void claimedBy(Claim next, NewRun request) {
        if (state == RunState.UNKNOWN) {
            causes = Causes.and(causes, paidAttempts, ending == null ? "" : ending.reason());
        } else {
            asked = request;
            staged.clear();
        }
        if (state == RunState.FORGOTTEN) {
            paidAttempts = 0;
        }
        before = state;
        state = RunState.CLAIMED;
        claim = next;
    }

    void settle(RunState as, Instant now) {
        state = as;
        settledAt = now;
        reserved = null;
        if (as != RunState.UNKNOWN) {
            staged.clear();
        }
    }

    boolean isOpen() {
        return state == RunState.CLAIMED || state == RunState.SENT;
    }

    /** Whether the key is taken by the request that it was first used for. */
    boolean holdsItsKey() {
        return state != RunState.REJECTED && state != RunState.FORGOTTEN;
    }

    Run view() {
        return new Run(
                asked,
                state,
                claim.owner(),
                claim.number(),
                paidAttempts,
                causes,
                createdAt,
                sentAt,
                settledAt,
                ending,
                completion,
                List.copyOf(staged));
    }
}
