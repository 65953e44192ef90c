package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.fence.Owners;
import java.time.Duration;

/** An owner whose renewals and burials may take effect late. */
final class LateOwner extends Owners.Named {
    private final MemoryLeases leases;
    private final StatementFaults statements;

    LateOwner(MemoryLeases leases, StatementFaults statements, String session) {
        super(session, null);
        this.leases = leases;
        this.statements = statements;
        leases.add(session);
    }

    @Override
    protected void begin(String name) {
        statements.write("insert owner", () -> {
            leases.add(name);
            return true;
        });
    }

    @Override
    protected boolean renew(String name) {
        return statements.write("renew", () -> leases.renew(name));
    }

    @Override
    protected void end(String name) {
        statements.write("end", () -> {
            leases.end(name);
            return true;
        });
    }

    @Override
    public Duration lease() {
        return leases.lease();
    }

    @Override
    public void bury() {
        String name = owner();
        statements.write("bury", () -> {
            leases.bury(name);
            return true;
        });
    }
}
