package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.fence.FencedSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** The ledger of this JVM. */
public final class MemoryLedger implements Ledger {
    public static final int MOST_SETTLED = 100_000;

    private final MemoryLeases leases;
    private final MemoryStore store;

    /** @param lease zero: an owner lives until it is closed */
    public MemoryLedger(InstantSource clock, Duration lease, int mostSettled) {
        this.leases = new MemoryLeases(clock, lease);
        this.store = new MemoryStore(leases, clock, mostSettled);
    }

    @Override
    public LedgerSession open() {
        return new FencedSession(store, leases.begun(UUID.randomUUID().toString()));
    }

    MemoryStore store() {
        return store;
    }

    MemoryLeases leases() {
        return leases;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public String toString() {
        return "memory";
    }
}
