package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code hh1_run}: the run, and what only the ledger itself needs to know of it.
 *
 * @param version counts the changes of the row, from 1
 * @param before the state in which the last claim found the run; null when the run was new
 * @param reserved what the last attempt, or the one to come, has reserved; null when nothing is
 */
public record RunRow(
        Run run,
        long version,
        @Nullable RunState before,
        @Nullable Reservation reserved) {

    public Claim claim() {
        return new Claim(run.runId(), run.owner(), run.claim());
    }

    public boolean isOf(Claim claim) {
        return claim().equals(claim);
    }

    public boolean isOpen() {
        return run.state() == RunState.CLAIMED || run.state() == RunState.SENT;
    }
}
