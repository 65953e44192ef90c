package io.github.camelhh1.ledger.memory;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.fence.FencedSession;
import io.github.camelhh1.ledger.fence.Owners;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Ledgers in memory whose owners live by a lease on a clock of the test's own. */
public final class MemoryLedgers {
    private MemoryLedgers() {}

    public static Ledger withLease(InstantSource clock, Duration lease) {
        return new MemoryLedger(clock, lease, MemoryLedger.MOST_SETTLED);
    }

    /** Where the runs of a ledger in memory are. */
    public static RunStore store(Ledger ledger) {
        return ((MemoryLedger) ledger).store();
    }

    /** Another owner of a ledger in memory. */
    public static Owners owner(Ledger ledger, String name) {
        return ((MemoryLedger) ledger).leases().begun(name);
    }

    /** A store that holds these rows, whose owner lives, and has counted as much for each of them. */
    public static RunStore holding(InstantSource clock, String owner, List<RunRow> rows, LocalDate day, Amount spent) {
        var ledger = new MemoryLedger(clock, Duration.ZERO, 1_000_000);
        ledger.leases().add(owner);
        rows.forEach(row -> {
            ledger.store().put(row);
            ledger.store().spend(row.run().asked().account(), day, spent);
        });
        return ledger.store();
    }

    /** Opens a session of this owner. A fixed name makes a test repeatable. */
    public static LedgerSession open(Ledger ledger, String owner) {
        var memory = (MemoryLedger) ledger;
        return new FencedSession(memory.store(), memory.leases().begun(owner));
    }

    /** A session whose claims take effect, and whose answers are lost as long as {@code lost} says so. */
    public static LedgerSession losingClaims(Ledger ledger, BooleanSupplier lost) {
        return late(ledger, UUID.randomUUID().toString(), new StatementFaults() {
            @Override
            public <T> T write(String name, Supplier<T> effect) {
                T result = effect.get();
                boolean claim = name.equals("insert") || name.equals("ClaimAgain");
                if (claim && Boolean.TRUE.equals(result) && lost.getAsBoolean()) {
                    throw new LedgerException("claim failed", null);
                }
                return result;
            }

            @Override
            public <T> T read(String name, Supplier<T> effect) {
                return effect.get();
            }
        });
    }

    /** A session whose statements fare as {@code statements} decides. */
    public static LedgerSession late(Ledger ledger, String owner, StatementFaults statements) {
        return late(ledger, owner, statements, Defect.NONE, reserve -> reserve);
    }

    /** The same with a defect; {@code byTheNodesClock} makes a reservation by another clock than the ledger's. */
    public static LedgerSession late(
            Ledger ledger,
            String owner,
            StatementFaults statements,
            Defect defect,
            UnaryOperator<Supplier<Reserving>> byTheNodesClock) {
        var memory = (MemoryLedger) ledger;
        var store = new DefectiveStore(memory.store(), defect, byTheNodesClock);
        return new FencedSession(new LateStore(store, statements), new LateOwner(memory.leases(), statements, owner));
    }
}
