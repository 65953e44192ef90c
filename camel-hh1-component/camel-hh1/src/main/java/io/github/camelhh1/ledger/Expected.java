package io.github.camelhh1.ledger;

/**
 * The row that a change was meant for: of this run, of this owner's claim, and not changed since.
 *
 * @param version counts the changes of a row; each change takes place on one version only
 */
record Expected(Claim claim, long version) {
    static Expected of(RunRow row) {
        return new Expected(row.claim(), row.version());
    }

    String runId() {
        return claim.runId();
    }

    boolean fits(RunRow row) {
        return row.version() == version && row.isOf(claim);
    }
}
