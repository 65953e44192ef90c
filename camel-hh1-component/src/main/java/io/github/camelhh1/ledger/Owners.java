package io.github.camelhh1.ledger;

import java.time.Duration;

/** Who lives. An owner that is not in the table {@code hh1_owner}, or whose lease there has run out, is dead to all. */
interface Owners extends AutoCloseable {
    /** For a statement on {@code hh1_run}. */
    String DEAD = "owner not in (select owner from hh1_owner where lease_until > :now)";

    String owner();

    /** Zero when life needs no renewal. */
    Duration lease();

    /** Lives on, or lives again; also shows whether the ledger can be written. */
    void renew();

    /** Takes those out of the table who are found dead by other means than their lease. */
    void bury();

    @Override
    void close();
}
