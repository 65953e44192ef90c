package io.github.camelhh1.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The ledger of this JVM. */
final class MemoryLedger implements Ledger {
    static final int MOST_SETTLED = 100_000;

    final InstantSource clock;
    /** Zero: an owner lives until it is closed. */
    final Duration lease;

    private final MemoryStore store;
    private final Map<String, Instant> owners = new HashMap<>();

    MemoryLedger(InstantSource clock, Duration lease, int mostSettled) {
        this.clock = clock;
        this.lease = lease;
        this.store = new MemoryStore(this, mostSettled);
    }

    @Override
    public LedgerSession open() {
        return new FencedSession(store, new MemoryOwner(this, UUID.randomUUID().toString()));
    }

    MemoryStore store() {
        return store;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public String toString() {
        return "memory";
    }

    private Instant leaseEnd() {
        return lease.isZero() ? Instant.MAX : clock.instant().plus(lease);
    }

    synchronized void add(String owner) {
        owners.put(owner, leaseEnd());
    }

    /** False: it is buried. */
    synchronized boolean renew(String owner) {
        return owners.computeIfPresent(owner, (name, until) -> leaseEnd()) != null;
    }

    synchronized void end(String owner) {
        owners.remove(owner);
    }

    /** All whose lease has run out but {@code owner}, who looks. */
    synchronized void bury(String owner) {
        owners.entrySet()
                .removeIf(other ->
                        !other.getKey().equals(owner) && !other.getValue().isAfter(clock.instant()));
    }

    synchronized boolean isBuried(String owner) {
        return !owners.containsKey(owner);
    }
}
