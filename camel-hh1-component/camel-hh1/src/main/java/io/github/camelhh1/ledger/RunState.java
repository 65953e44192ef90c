package io.github.camelhh1.ledger;

/** The state of a run. */
public enum RunState {
    /** Its owner may send it; nothing has left. */
    CLAIMED,
    /** The request may be on its way. */
    SENT,
    /** A video was made and paid for. */
    COMPLETED,
    /** The service refused it and bills nothing; the next delivery may send it. */
    REJECTED,
    /** It began, and no video will come. It may be billed; it is held until an operator forgets it. */
    FAILED,
    /** It may have been paid; it is held until an operator adopts or forgets it. */
    UNKNOWN,
    /** An operator freed it; the next delivery may send it. */
    FORGOTTEN
}
