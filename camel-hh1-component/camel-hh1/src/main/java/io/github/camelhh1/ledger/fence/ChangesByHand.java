package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.LedgerException;

/** The changes of operators: each on the row as it is read, whose answer is looked up when it is lost. */
final class ChangesByHand {
    private final RunStore store;

    ChangesByHand(RunStore store) {
        this.store = store;
    }

    boolean make(String runId, Command command) {
        RunRow row = store.find(runId).orElse(null);
        if (row == null || !RunTransitions.applies(row, command)) {
            return false;
        }
        try {
            return store.change(Expected.of(row), command);
        } catch (LedgerException e) {
            return lookedUp(row, command, e);
        }
    }

    /** The answer was lost: what the row says now counts, and it is tried once more where nothing has changed. */
    private boolean lookedUp(RunRow seen, Command command, LedgerException lost) {
        try {
            RunRow now = store.find(seen.run().runId()).orElse(null);
            if (now == null) {
                return false;
            } else if (now.version() == seen.version()) {
                return store.change(Expected.of(seen), command)
                        || store.find(seen.run().runId())
                                .filter(row -> RunTransitions.isDone(row, command))
                                .isPresent();
            }
            return RunTransitions.isDone(now, command);
        } catch (LedgerException e) {
            e.addSuppressed(lost);
            throw e.perhapsDone();
        }
    }
}
