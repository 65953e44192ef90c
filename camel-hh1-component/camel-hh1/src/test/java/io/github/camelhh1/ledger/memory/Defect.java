package io.github.camelhh1.ledger.memory;

/** Defects that once were in the ledger or around it, put back so that a simulation can show that it finds them. */
public enum Defect {
    NONE,
    /** Changes name neither version nor attempt: a late {@code unsent} overtakes the next {@code sent}. */
    NO_FENCE,
    /** A release that changes nothing is taken for done, and nobody looks for rows of ended claims. */
    SILENT_RELEASE,
    /** Nobody looks for rows that a late insert has made. */
    LATE_CLAIMS_FORGOTTEN,
    /** The lease is renewed by the threads that do the ledger's work, one after the other. */
    RENEWAL_WAITS,
    /** The budget's day is that of the node's own clock. */
    DAY_OF_THE_NODE,
    /** The name of a task is not written. */
    TASK_NOT_KEPT,
    /** A run with a task that nobody works on is released, as if nothing had been sent. */
    TASK_RELEASED;

    /** Whether it can show only where the service has tasks. */
    public boolean isOfTasks() {
        return this == TASK_NOT_KEPT || this == TASK_RELEASED;
    }
}
