package io.github.camelhh1.ledger;

/** What became of a settlement. */
public enum Settled {
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
