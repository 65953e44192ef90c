package io.github.camelhh1.image.preflight;

/** What becomes of an image outside the model's limits. Content that is no image at all fails in each but {@code OFF}. */
public enum PreflightMode {
    OFF,
    /** Said in the log, and sent as it is. */
    WARN,
    /** Refused. */
    FAIL,
    /** Made fit; refused where that cannot be done. */
    FIX
}
