package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A recall at the worst of moments. */
class RecallTest {
    private final Ledger ledger = Ledgers.memory();
    private final LedgerSession session = ledger.open();
    private final VirtualTimers time = new VirtualTimers();

    @Test
    void aRequestThatWasSentStaysUnknownWhenTheRecallKeepsItFromBeingSentAgain() {
        var books = new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
        Generation any = ScriptedGenerator.generation(ScriptedGenerator.LIMITS);
        Limits plain = ScriptedGenerator.LIMITS;
        var limits = new Limits(
                plain.generationTimeout(), plain.maxAttempts(), plain.retryDelay(), plain.maxRetryDelay(), 2);
        var identity = Identity.of("account", "model", "key", "fingerprint");
        var generation = new Generation(any.request(), any.image(), identity, any.accepted(), limits);
        var posts = new AtomicInteger();
        Generator inner = asked -> {
            posts.incrementAndGet();
            asked.accepted().recalled().complete(null);
            return CompletableFuture.completedStage(UNKNOWN);
        };
        Generator node = new OncePerKey(
                Bounded.around(new Recorded(inner, books, time, null), new Permits(1, 0, false, Runnable::run)),
                books,
                new RunsUnderWay());
        Outcome outcome = node.generate(generation).toCompletableFuture().join();
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(posts).hasValue(1);
        assertThat(session.find(identity.runId()).orElseThrow().state()).isEqualTo(RunState.UNKNOWN);
    }
}
