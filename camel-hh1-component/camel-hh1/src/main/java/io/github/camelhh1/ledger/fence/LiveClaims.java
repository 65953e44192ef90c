package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a session that are being worked on: from before their insert until their last change is acknowledged.
 * An open row of this session whose claim is not here was made by a statement that took effect late.
 */
final class LiveClaims {
    /** The most ended claims that are kept. Late rows of older ones become unknown instead of free. */
    private static final int MOST_IN_DOUBT = 10_000;

    /** A claim at work, used by one caller at a time. */
    static final class Live {
        /** The version of its row, as last acknowledged; 0 before that. */
        volatile long version;
        /** Attempt numbers up to this one are used. */
        private int allotted;
        /** The last attempt whose {@code SENT} was acknowledged; 0 when none was. */
        volatile int acknowledged;
        /** A change of it failed, and may take effect yet. */
        volatile boolean doubtful;

        synchronized void claimed(long rowVersion, int rowAttempt) {
            version = rowVersion;
            allotted = rowAttempt;
        }

        synchronized int allot() {
            return ++allotted;
        }

        /** A change that fails may take effect yet: its claim is in doubt from then on. */
        <T> T doubting(Supplier<T> change) {
            try {
                return change.get();
            } catch (RuntimeException | Error e) {
                doubtful = true;
                throw e;
            }
        }
    }

    private final Map<Claim, Live> live = new ConcurrentHashMap<>();
    /** Ended claims of which a change failed, with the number of their last acknowledged attempt. */
    private final Map<Claim, Integer> inDoubt = new LinkedHashMap<>();

    Live begin(Claim claim) {
        var begun = new Live();
        live.put(claim, begun);
        return begun;
    }

    /** The claim is live while the change that makes it runs, and stays live when that change was made. */
    <T> T begin(Claim claim, Function<Live, T> change, Predicate<T> made) {
        Live begun = begin(claim);
        boolean stays = false;
        try {
            T answer = begun.doubting(() -> change.apply(begun));
            stays = made.test(answer);
            return answer;
        } finally {
            if (!stays) {
                end(claim);
            }
        }
    }

    @Nullable
    Live find(Claim claim) {
        return live.get(claim);
    }

    /** A claim that has ended gets an entry that is kept nowhere. */
    Live findOrNew(Claim claim) {
        return live.getOrDefault(claim, new Live());
    }

    /** A copy: claims that begin later are not in it. */
    Set<Claim> now() {
        return Set.copyOf(live.keySet());
    }

    /** Its last change is acknowledged, or it was never made. */
    synchronized void end(Claim claim) {
        Live ended = live.get(claim);
        if (ended != null && ended.doubtful) {
            inDoubt.put(claim, ended.acknowledged);
            if (inDoubt.size() > MOST_IN_DOUBT) {
                inDoubt.remove(inDoubt.keySet().iterator().next());
            }
        }
        // Last, so that the claim is in one of the maps at any time.
        live.remove(claim);
    }

    /** The attempt is settled; a claim with a newer one goes on. */
    void endAt(Attempt attempt) {
        Live ended = live.get(attempt.claim());
        if (ended == null || attempt.number() >= ended.acknowledged) {
            end(attempt.claim());
        }
    }

    /** Whether this attempt of an ended claim was never acknowledged, so that nothing left for it. */
    synchronized boolean neverLeft(Claim claim, int attempt) {
        Integer acknowledged = inDoubt.get(claim);
        return acknowledged != null && attempt > acknowledged;
    }
}
