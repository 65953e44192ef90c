package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.fence.Owners;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The owners of a ledger in memory and the ends of their leases. Safe for use by several threads. */
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

    /** Buries all whose lease has run out, except {@code owner}, which asks. */
    synchronized void bury(String owner) {
        owners.entrySet()
                .removeIf(other ->
                        !other.getKey().equals(owner) && !other.getValue().isAfter(clock.instant()));
    }

    synchronized boolean isBuried(String owner) {
        return !owners.containsKey(owner);
    }

    /** Begins the life of an owner. */
    Owners begun(String session) {
        var owner = new Owner(session);
        add(session);
        return owner;
    }

    private final class Owner extends Owners.Named {
        Owner(String session) {
            super(session, null);
        }

        @Override
        protected void begin(String name) {
            add(name);
        }

        @Override
        protected boolean renew(String name) {
            return MemoryLeases.this.renew(name);
        }

        @Override
        protected void end(String name) {
            MemoryLeases.this.end(name);
        }

        @Override
        public Duration lease() {
            return lease;
        }

        @Override
        public void bury() {
            MemoryLeases.this.bury(owner());
        }
    }
}
