package io.github.camelhh1;

/** The operations, spelled as in the path of an endpoint. */
public enum Hh1Operation {
    /** Image and prompt in, video link out. Costs money on a real backend. */
    generate,
    /** The request as it would be sent; nothing leaves the JVM. */
    estimate,
    /** Video link in, video out. */
    download,
    /** The ledger's runs, newest first. */
    runs,
    /** A video's link for a run whose outcome is unknown: settles it. */
    adopt,
    /** Frees a run: its request may be sent, and paid, again. */
    forget,
    /** Asks the service for the outcome of an unknown run. */
    lookup,
    /** The account's spent and reserved amounts of the day's budget. */
    budget,
    /** Consumer: each run whose video came when no exchange waited for it. */
    recovered,
    /** Consumer: each run whose outcome has been unknown for long. */
    held,
    /** Shortens old runs to id, key and state. */
    prune
}
