package io.github.camelhh1.ledger;

/** How far a run is. */
public enum RunState {
    /** Somebody may send it; nothing has left. */
    CLAIMED,
    /** It may be on its way. */
    SENT,
    /** A video was made and paid for. */
    COMPLETED,
    /** The service refused it; the next delivery may send it. */
    REJECTED,
    /** It may have been paid; held until it is adopted or forgotten. */
    UNKNOWN,
    /** An operator freed it; the next delivery may send it. */
    FORGOTTEN
}
