package io.github.camelhh1.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Rate;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ResumedTest {
    private static final Generation GENERATION = ScriptedGenerator.generation();
    private static final String RUN = GENERATION.identity().runId();
    private static final Ending SILENCE = Ending.of("generationTimeout was over");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Ledger ledger = MemoryLedgers.withLease(() -> NOW, Duration.ofMinutes(1));
    private final LedgerSession first = MemoryLedgers.open(ledger, "first");
    private final LedgerSession node = MemoryLedgers.open(ledger, "node");
    private final VirtualTimers time = new VirtualTimers();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final CompletableFuture<String> key = new CompletableFuture<>();

    private final Resumed resumed = Rooms.resumed(
            new Rooms.Service(
                    backend,
                    () -> key,
                    new ServiceHost("service", () -> CompletableFuture.completedFuture("")),
                    new Permits(1, 1, true, Runnable::run),
                    new Rate(1, time),
                    null,
                    null),
            new Rooms.Shared(
                    new Bookkeeping(node, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog()),
                    new RunsUnderWay(),
                    time,
                    () -> 1),
            ScriptedGenerator.LIMITS,
            () -> NOW);

    /** Sent by the first node, which gives up. */
    private Attempt unknown(String task) {
        var claiming = (Claiming.Claimed) first.claim(GENERATION.newRun(), 1);
        Attempt attempt = first.sent(claiming.claim(), null).orElseThrow();
        first.task(attempt, task);
        first.unknown(attempt, SILENCE);
        return attempt;
    }

    private Run found() {
        return first.find(RUN).orElseThrow();
    }

    @Test
    void aTaskIsAskedForOnceTheKeyIsThere() {
        unknown("task-1");
        var ending = resumed.resume(found()).toCompletableFuture();
        assertThat(found().state()).isEqualTo(RunState.UNKNOWN);
        key.complete("key");
        assertThat(found().state()).isEqualTo(RunState.SENT);
        backend.lastCall().complete(ScriptedGenerator.COMPLETED);

        assertThat(ending.join()).isInstanceOf(Outcome.Completed.class);
        assertThat(found().state()).isEqualTo(RunState.COMPLETED);
    }

    /** The key came late: another node was faster, the task had failed, and the request was sent again meanwhile. */
    @Test
    void aTaskIsNotAskedForInThePlaceOfALaterOne() {
        Attempt earlier = unknown("task-1");
        var ending = resumed.resume(found()).toCompletableFuture();
        first.reject(earlier, SILENCE);
        unknown("task-2");

        key.complete("key");

        assertThat(ending).isCompletedWithValueMatching(Outcome.InFlight.class::isInstance);
        assertThat(backend.calls()).isEmpty();
        assertThat(found().state()).isEqualTo(RunState.UNKNOWN);
    }
}
