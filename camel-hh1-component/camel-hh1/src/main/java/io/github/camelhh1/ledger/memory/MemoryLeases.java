package io.github.camelhh1.ledger.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The owners of a ledger in memory and how long each of them lives. Safe for use by several threads. */
final class MemoryLeases {
    private final InstantSource clock;
    private final Duration lease;
    private final Map<String, Instant> owners = new HashMap<>();

    /** @param lease zero: an owner lives until it is closed */
    MemoryLeases(InstantSource clock, Duration lease) {
        this.clock = clock;
        this.lease = lease;
    }

    Duration lease() {
        return lease;
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
