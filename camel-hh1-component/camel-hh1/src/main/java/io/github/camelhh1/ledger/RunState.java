package io.github.camelhh1.ledger;

/** How far a run is. */
public enum RunState {
    /** An owner may send it; nothing has left. */
    CLAIMED,
    /** The request may be on its way. */
    SENT,
    /** A video was made and paid for. */
    COMPLETED,
    /** The service refused it and bills nothing; the next delivery may send it. */
    REJECTED,
    /** It began and no video will come. It may be billed; held until it is forgotten. */
    FAILED,
    /** It may have been paid; held until it is adopted or forgotten. */
    UNKNOWN,
    /** An operator freed it; the next delivery may send it. */
    FORGOTTEN
}
