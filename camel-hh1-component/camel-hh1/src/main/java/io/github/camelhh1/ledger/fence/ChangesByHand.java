package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import org.jspecify.annotations.Nullable;

/** The changes of operators, and of look-ups. Each is made to the row as it was read; when the answer is lost, the row is read again. */
final class ChangesByHand {
    private final RunStore store;

    ChangesByHand(RunStore store) {
        this.store = store;
    }

    /** A video that no exchange has got is kept as a late one: it may have been found while the operator looked. */
    boolean adopt(String runId, String videoUrl) {
        RunRow row = store.find(runId);
        if (row == null) {
            return false;
        }
        Completion found = row.run().completion();
        if (found != null && row.marks().handedAt() == null && !found.videoUrl().equals(videoUrl)) {
            store.late(row.claim(), Command.Settle.completed(row.run().attempt(), found, false));
        }
        return make(row, new Command.Adopt(videoUrl));
    }

    /** As {@link io.github.camelhh1.ledger.LedgerSession#forget(String, RunState)}. */
    boolean forget(String runId, @Nullable RunState only) {
        RunRow row = store.find(runId);
        return row != null && isToBeFreed(row, only) && make(row, Command.Plain.FORGET);
    }

    private boolean isToBeFreed(RunRow row, @Nullable RunState only) {
        Run run = row.run();
        // The clock is asked only where it matters.
        if (run.hasOpenTask() && run.isGoingOn(store.now())) {
            return false;
        }
        return only == null ? run.state() != RunState.COMPLETED || row.marks().handedAt() != null : run.state() == only;
    }

    private boolean make(RunRow row, Command command) {
        if (!RunTransitions.applies(row, command)) {
            return false;
        }
        try {
            return store.change(row.expected(), command);
        } catch (LedgerException e) {
            return lookedUp(row, command, e);
        }
    }

    /**
     * Settles an unknown attempt with the outcome that the service reports. If the run does not take the link any more,
     * the link is kept as a late one.
     */
    boolean settle(Run seen, Command.Settle end) {
        var claim = new Claim(seen.runId(), seen.owner(), seen.claim());
        RunRow row = store.find(seen.runId());
        for (int turn = 0; row != null && turn < FencedSession.MOST_TURNS && isAsSeen(row, claim, end); turn++) {
            if (store.change(row.expected(), end)) {
                return true;
            }
            row = store.find(seen.runId());
        }
        if (end.videoUrl() != null && (row == null || !RunTransitions.isDone(row, end))) {
            store.late(claim, end);
        }
        return false;
    }

    /** Marks may have changed meanwhile. */
    private static boolean isAsSeen(RunRow row, Claim claim, Command.Settle end) {
        return row.run().state() == RunState.UNKNOWN
                && row.isOf(claim)
                && row.run().attempt() == end.attempt();
    }

    /** The answer was lost: the row as it is now counts, and the change is tried once more where nothing has changed. */
    private boolean lookedUp(RunRow seen, Command command, LedgerException lost) {
        try {
            RunRow now = store.find(seen.run().runId());
            if (now != null && now.version() == seen.version()) {
                if (store.change(seen.expected(), command)) {
                    return true;
                }
                now = store.find(seen.run().runId());
            }
            return now != null && RunTransitions.isDone(now, command);
        } catch (LedgerException e) {
            e.addSuppressed(lost);
            throw e.perhapsDone();
        }
    }
}
