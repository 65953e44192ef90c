package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.Claiming;
import io.github.camelhh1.ledger.FailingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.MemoryLedgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The books of one owner, on virtual time, with a ledger that fails as told and a second owner who looks on. */
final class TestBooks {
    static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    final VirtualTimers time = new VirtualTimers();
    /** Runs whose ending could not be written. */
    final List<String> reported = new ArrayList<>();

    private final Ledger ledger = MemoryLedgers.withLease(() -> START.plusNanos(time.nanoTime()), Duration.ZERO);
    final FailingSession session = new FailingSession(ledger.open());
    final LedgerSession other = ledger.open();
    final Bookkeeping books = books(session);

    Bookkeeping books(LedgerSession of) {
        return new Bookkeeping(of, Runnable::run, Runnable::run, time, (runId, failure) -> reported.add(runId));
    }

    /** Of the one generation that tests here have; null when the ledger does not hold it. */
    Run run() {
        return other.find(ScriptedGenerator.generation().identity().runId()).orElse(null);
    }

    RunState state() {
        Run run = run();
        return run == null ? null : run.state();
    }

    Generation claimed(Generation generation) {
        var claiming = session.claim(generation.newRun(), generation.limits().maxPaidAttempts());
        return generation.claimed(((Claiming.Claimed) claiming).claim());
    }

    /** As of a process that is cut off beyond its lease: what it left open is cleared up after. */
    void lapse() {
        session.close();
        other.recover();
    }
}
