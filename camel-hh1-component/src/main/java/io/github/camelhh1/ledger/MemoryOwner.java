package io.github.camelhh1.ledger;

import java.time.Duration;

/** An owner in this JVM. */
final class MemoryOwner implements Owners {
    private final MemoryLedger ledger;
    private final String session;
    private volatile String owner;
    private int buried;

    MemoryOwner(MemoryLedger ledger, String session) {
        this.ledger = ledger;
        this.session = session;
        this.owner = session;
        ledger.add(session);
    }

    @Override
    public String session() {
        return session;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Duration lease() {
        return ledger.lease;
    }

    @Override
    public synchronized void renew() {
        if (!ledger.renew(owner)) {
            owner = session + "." + ++buried;
            ledger.add(owner);
        }
    }

    @Override
    public void bury() {
        ledger.bury(owner);
    }

    @Override
    public void close() {
        ledger.end(owner);
    }
}
