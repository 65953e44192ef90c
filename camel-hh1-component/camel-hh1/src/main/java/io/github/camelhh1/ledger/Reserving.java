package io.github.camelhh1.ledger;

import java.time.LocalDate;

/** The answer to a reservation. */
public sealed interface Reserving {

    /** The amount counts on that day (UTC, by the ledger's clock). */
    record Reserved(LocalDate day) implements Reserving {}

    /**
     * A cap would be exceeded.
     *
     * @param spent what the account has spent and reserved on that day
     */
    record Refused(LocalDate day, Amount spent) implements Reserving {}

    /** The claim is gone. */
    record Gone() implements Reserving {}
}
