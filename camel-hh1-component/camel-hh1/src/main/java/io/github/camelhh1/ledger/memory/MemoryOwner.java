package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.fence.NamedOwner;
import java.time.Duration;

/** An owner in this JVM. */
final class MemoryOwner extends NamedOwner {
    private final MemoryLeases leases;

    MemoryOwner(MemoryLeases leases, String session) {
        super(session);
        this.leases = leases;
        begin(session);
    }

    @Override
    protected void begin(String name) {
        leases.add(name);
    }

    @Override
    protected boolean renew(String name) {
        return leases.renew(name);
    }

    @Override
    protected void end(String name) {
        leases.end(name);
    }

    @Override
    public Duration lease() {
        return leases.lease();
    }

    @Override
    public void bury() {
        leases.bury(owner());
    }
}
