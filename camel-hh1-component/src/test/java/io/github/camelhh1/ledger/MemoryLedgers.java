package io.github.camelhh1.ledger;

import java.time.Duration;
import java.time.InstantSource;

/** Ledgers in memory whose owners live by a lease on a clock of the test's own. */
public final class MemoryLedgers {
    private MemoryLedgers() {}

    public static Ledger withLease(InstantSource clock, Duration lease) {
        return new MemoryLedger(clock, lease, MemoryLedger.MOST_SETTLED);
    }
}
