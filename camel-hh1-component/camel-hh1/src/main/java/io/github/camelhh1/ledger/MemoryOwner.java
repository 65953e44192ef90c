package io.github.camelhh1.ledger;

import java.time.Duration;

/** An owner in this JVM. */
final class MemoryOwner extends NamedOwner {
    private final MemoryLedger ledger;

    MemoryOwner(MemoryLedger ledger, String session) {
        super(session);
        this.ledger = ledger;
        begin(session);
    }

    @Override
    void begin(String name) {
        ledger.add(name);
    }

    @Override
    boolean renew(String name) {
        return ledger.renew(name);
    }

    @Override
    void end(String name) {
        ledger.end(name);
    }

    @Override
    public Duration lease() {
        return ledger.lease;
    }

    @Override
    public void bury() {
        ledger.bury(owner());
    }
}
