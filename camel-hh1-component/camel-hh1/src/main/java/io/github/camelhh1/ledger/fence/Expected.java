package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;

/**
 * The row that a change was meant for: of this run, of this owner's claim, and not changed since.
 *
 * @param version counts the changes of a row; each change takes place on one version only
 */
public record Expected(Claim claim, long version) {
    public static Expected of(RunRow row) {
        return new Expected(row.claim(), row.version());
    }

    public String runId() {
        return claim.runId();
    }

    public boolean fits(RunRow row) {
        return row.version() == version && row.isOf(claim);
    }
}
