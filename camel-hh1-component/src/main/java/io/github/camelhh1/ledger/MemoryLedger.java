package io.github.camelhh1.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The ledger of this JVM: maps, guarded by the ledger itself. */
final class MemoryLedger implements Ledger {
    static final int MOST_SETTLED = 100_000;

    private record Day(String account, LocalDate date) {}

    final InstantSource clock;
    /** Zero: an owner lives until it is closed. */
    final Duration lease;

    private final int mostSettled;
    private final Map<String, MemoryRun> runs = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> settled = new LinkedHashSet<>();
    private final Map<Day, Amount> days = new HashMap<>();
    private final Map<String, Instant> owners = new HashMap<>();

    MemoryLedger(InstantSource clock, Duration lease, int mostSettled) {
        this.clock = clock;
        this.lease = lease;
        this.mostSettled = mostSettled;
    }

    @Override
    public LedgerSession open() {
        var session = new MemorySession(this, UUID.randomUUID().toString());
        session.renew();
        return session;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public String toString() {
        return "memory";
    }

    void renew(String owner) {
        owners.put(owner, lease.isZero() ? Instant.MAX : clock.instant().plus(lease));
    }

    void end(String owner) {
        owners.remove(owner);
    }

    boolean isAlive(String owner) {
        Instant until = owners.get(owner);
        return until != null && until.isAfter(clock.instant());
    }

    Map<String, MemoryRun> runs() {
        return runs;
    }

    Set<String> openRuns() {
        return open;
    }

    Amount spent(String account, LocalDate date) {
        return days.getOrDefault(new Day(account, date), Amount.NONE);
    }

    void spend(String account, LocalDate date, Amount amount) {
        days.merge(new Day(account, date), amount, Amount::plus);
    }

    /** What was reserved counts no more. */
    void giveBack(MemoryRun run) {
        MemoryRun.Reservation reserved = run.reserved;
        if (reserved != null) {
            spend(run.asked.account(), reserved.day(), reserved.amount().negate());
            run.reserved = null;
        }
    }

    /** Brings the indexes up to date after the state of {@code run} has changed. */
    void changed(MemoryRun run) {
        String id = run.asked.runId();
        boolean isOpen = run.isOpen();
        boolean mayGo = !isOpen && run.state != RunState.UNKNOWN;
        if (isOpen) {
            open.add(id);
        } else {
            open.remove(id);
        }
        settled.remove(id);
        if (mayGo) {
            settled.add(id);
            if (settled.size() > mostSettled) {
                String eldest = settled.iterator().next();
                settled.remove(eldest);
                runs.remove(eldest);
            }
        }
    }

    void delete(MemoryRun run) {
        runs.remove(run.asked.runId());
        open.remove(run.asked.runId());
        settled.remove(run.asked.runId());
    }
}
