package io.github.camelhh1.ledger;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Ledgers in memory whose owners live by a lease on a clock of the test's own. */
public final class MemoryLedgers {
    private MemoryLedgers() {}

    public static Ledger withLease(InstantSource clock, Duration lease) {
        return new MemoryLedger(clock, lease, MemoryLedger.MOST_SETTLED);
    }

    /** By an owner of that name, so that what happens is the same each time. */
    public static LedgerSession open(Ledger ledger, String owner) {
        var memory = (MemoryLedger) ledger;
        return new FencedSession(memory.store(), new MemoryOwner(memory, owner));
    }

    /** Whose claims take place, and nobody hears of it, as long as {@code lost} says so. */
    public static LedgerSession losingClaims(Ledger ledger, BooleanSupplier lost) {
        var memory = (MemoryLedger) ledger;
        var store = (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(memory.store(), arguments);
                    boolean claim = method.getName().equals("insert")
                            || (method.getName().equals("change") && arguments[1] instanceof Command.ClaimAgain);
                    if (claim && Boolean.TRUE.equals(result) && lost.getAsBoolean()) {
                        throw new LedgerException("claim failed", null);
                    }
                    return result;
                });
        return new FencedSession(
                store, new MemoryOwner(memory, UUID.randomUUID().toString()));
    }
}
