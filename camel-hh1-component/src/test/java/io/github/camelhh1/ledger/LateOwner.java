package io.github.camelhh1.ledger;

import java.time.Duration;

/** An owner whose renewals and burials may take effect late. */
final class LateOwner implements Owners {
    private final MemoryLedger ledger;
    private final Statements statements;
    private final String session;
    private String owner;
    private int buried;

    LateOwner(MemoryLedger ledger, Statements statements, String session) {
        this.ledger = ledger;
        this.statements = statements;
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
    public void renew() {
        String name = owner;
        if (!statements.write("renew", () -> ledger.renew(name))) {
            String next = session + "." + ++buried;
            statements.write("insert owner", () -> {
                ledger.add(next);
                return true;
            });
            owner = next;
        }
    }

    @Override
    public void bury() {
        String name = owner;
        statements.write("bury", () -> {
            ledger.bury(name);
            return true;
        });
    }

    @Override
    public void close() {
        String name = owner;
        statements.write("end", () -> {
            ledger.end(name);
            return true;
        });
    }
}
