package io.github.camelhh1.ledger;

import java.time.Duration;

/** An owner whose renewals and burials may take effect late. */
final class LateOwner extends NamedOwner {
    private final MemoryLedger ledger;
    private final Statements statements;

    LateOwner(MemoryLedger ledger, Statements statements, String session) {
        super(session);
        this.ledger = ledger;
        this.statements = statements;
        ledger.add(session);
    }

    @Override
    void begin(String name) {
        statements.write("insert owner", () -> {
            ledger.add(name);
            return true;
        });
    }

    @Override
    boolean renew(String name) {
        return statements.write("renew", () -> ledger.renew(name));
    }

    @Override
    void end(String name) {
        statements.write("end", () -> {
            ledger.end(name);
            return true;
        });
    }

    @Override
    public Duration lease() {
        return ledger.lease;
    }

    @Override
    public void bury() {
        String name = owner();
        statements.write("bury", () -> {
            ledger.bury(name);
            return true;
        });
    }
}
