package io.github.camelhh1.failure;

/** Whether the same message may be sent again. */
public enum Retry {
    /** At once: nothing was started. */
    SAFE,
    /** Later: the service asked for a pause. */
    AFTER,
    /** Not as it is. */
    NEVER
}
