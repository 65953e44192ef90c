package io.github.camelhh1.ledger;

import java.time.Duration;
import java.time.InstantSource;

/** Ledgers in memory whose owners live by a lease on a clock of the test's own. */
public final class MemoryLedgers {
    private MemoryLedgers() {}

    public static Ledger withLease(InstantSource clock, Duration lease) {
        return new MemoryLedger(clock, lease, MemoryLedger.MOST_SETTLED);
    }

    /** By an owner of that name, so that what happens is the same each time. */
    public static LedgerSession open(Ledger ledger, String owner) {
        var memory = (MemoryLedger) ledger;
        return new FencedSession(memory.store(), new MemoryOwner(memory, owner));
    }
}
