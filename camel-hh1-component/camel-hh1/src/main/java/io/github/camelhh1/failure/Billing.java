package io.github.camelhh1.failure;

/** Whether money moved. */
public enum Billing {
    /** Certainly not. */
    NOT_BILLED,
    /** A video was made and is billed. */
    BILLED,
    /** Nobody can tell from here: look at the account before sending the request again. */
    UNKNOWN
}
