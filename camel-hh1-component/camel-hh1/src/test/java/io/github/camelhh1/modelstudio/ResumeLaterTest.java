package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedger;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 46: a task whose resumption is held up, by a ledger that is away or by very many other tasks. */
class ResumeLaterTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LOST = 1_010;

    private final Tasks tasks = new Tasks(CAMEL);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @TempDir
    private Path directory;

    @AfterEach
    void open() {
        gate.complete(null);
    }

    /** Each look that rings leaves its own timer behind, so there are few. */
    private static void getsItsVideo(LedgerSession session, String runId) {
        Awaitility.await()
                .atMost(TestContext.LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    CAMEL.letTimersRing(PAUSE);
                    return session.find(runId).orElseThrow().state() == RunState.COMPLETED;
                });
    }

    private String running() {
        CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
        var sent = tasks.send("a", "");
        tasks.task("RUNNING");
        tasks.awaitPolls(2);
        CAMEL.component().stop();
        return sent.failure(OutcomeUnknownException.class).runId();
    }

    @Test
    void isResumedOnceTheLedgerIsBackThoughNoMessageComes() throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        Path elsewhere = directory.resolve("elsewhere");
        var ledger = Ledgers.of("jdbc:sqlite:" + place.resolve("hh1.db"));
        CAMEL.restart(component -> {
            tasks.use(component.getConfiguration());
            component.setLedger(ledger);
        });
        String runId = running();
        Files.move(place, elsewhere);
        CAMEL.component().start();
        Files.move(elsewhere, place);
        gate.complete(null);

        try (LedgerSession session = ledger.open()) {
            getsItsVideo(session, runId);
        }
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void isResumedBehindMoreTasksThanOneLookTakesWhichTheServiceDoesNotKnow() {
        var ledger = new MemoryLedger(Clock.systemUTC(), Duration.ZERO, 10_000);
        LedgerSession session = ledger.open();
        CAMEL.restart(component -> {
            tasks.use(component.getConfiguration());
            component.setLedger(ledger);
            component.setMaxPollsPerSecond(10_000);
        });
        CAMEL.simulator().script(Reply.completed());
        tasks.send("first", "").video();
        String account = session.list(Run.Filter.of(null), 1, 0).get(0).asked().account();
        for (int i = 0; i < LOST; i++) {
            lost(session, account, "lost-" + i);
        }
        String runId = running();
        gate.complete(null);
        CAMEL.component().start();

        getsItsVideo(session, runId);
    }

    private static void lost(LedgerSession session, String account, String id) {
        var run = new NewRun(id, account, "model", "key " + id, "print", id + ".mp4", 5, null, null, null);
        Attempt attempt =
                session.sent(LedgerContract.claimed(session, run, 1), null).orElseThrow();
        session.task(attempt, "task-of-another-customer-" + id);
        session.unknown(attempt, Ending.of("given up"));
    }
}
