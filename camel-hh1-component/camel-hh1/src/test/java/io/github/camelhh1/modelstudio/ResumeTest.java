package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 46: a task whose node has stopped, or whose exchange has given up, is asked for by a node that lives. */
class ResumeTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Tasks tasks = new Tasks(CAMEL);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @TempDir
    private Path directory;

    private LedgerSession session;

    @BeforeEach
    void useModelStudio() {
        Ledger ledger = Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
        session = ledger.open();
        CAMEL.restart(component -> {
            tasks.use(component.getConfiguration());
            component.setLedger(ledger);
        });
    }

    @AfterEach
    void open() {
        gate.complete(null);
        session.close();
    }

    private SentMessage underWay(TaskPlan plan, String status) {
        CAMEL.simulator().script(Reply.completed().task(plan));
        var sent = tasks.send("a", "");
        tasks.task(status);
        tasks.awaitPolls(2);
        return sent;
    }

    private SentMessage running() {
        return underWay(TaskPlan.succeeding().runningUntil(gate), "RUNNING");
    }

    /** The component stops while the task goes on, and starts again. */
    private void restart(SentMessage sent) {
        CAMEL.component().stop();
        sent.failure(OutcomeUnknownException.class);
        CAMEL.component().start();
    }

    private Run run() {
        return session.list(Run.Filter.of(null), 1, 0).get(0);
    }

    private void awaitState(RunState state) {
        Awaitility.await().atMost(TestContext.LIMIT).until(() -> run().state() == state);
    }

    private List<Emission> toEmit() {
        return session.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 9);
    }

    @Test
    void afterARestartADeliveryOfTheSameRequestJoinsAndGetsTheVideo() {
        restart(running());
        var again = tasks.send("a", "");
        tasks.awaitPolls(2);
        gate.complete(null);

        assertThat(again.video()).isNotEmpty();
        assertThat(again.end().getMessage().getHeaders())
                .containsEntry(Hh1Constants.REPLAYED, true)
                .containsEntry(
                        Hh1Constants.TASK_ID, tasks.service().tasks().get(0).id());
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(tasks.service().creates()).hasSize(1);
        awaitState(RunState.COMPLETED);
        assertThat(toEmit()).as("a delivery has it").isEmpty();
    }

    @Test
    void afterARestartItsVideoWaitsToBeHandedOnWhenNoDeliveryComes() {
        restart(running());
        gate.complete(null);
        // Starts the endpoint.
        assertThat(tasks.send("b", "").video()).isNotEmpty();
        awaitState(RunState.COMPLETED);
        Awaitility.await().atMost(TestContext.LIMIT).until(() -> !toEmit().isEmpty());
    }

    @Test
    void isAskedForByTheNodeWhoseExchangeHasGivenUp() {
        var sent = running();
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);
        gate.complete(null);
        CAMEL.letTimersRing(PAUSE);
        awaitState(RunState.COMPLETED);

        assertThat(tasks.send("a", "").video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void isInFlightWhileNobodyAsksForIt() {
        var sent = running();
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);

        assertThat(tasks.send("a", "").failure(InFlightException.class))
                .hasMessageContaining(tasks.service().tasks().get(0).id());
    }

    @Test
    void isNotBilledWhereItFailsOnceResumed() {
        restart(underWay(TaskPlan.failing("InternalError", "no").runningUntil(gate), "RUNNING"));
        var again = tasks.send("a", "");
        tasks.awaitPolls(2);
        gate.complete(null);

        again.failure(RejectedException.class);
        assertThat(CAMEL.simulator().charges()).isZero();
        awaitState(RunState.REJECTED);
    }

    @Test
    void isNotCountedAsHeldAtTheStart() {
        try (var log = CapturedLog.start()) {
            restart(running());
            var again = tasks.send("a", "");
            tasks.awaitPolls(2);
            assertThat(log.text()).doesNotContain("were unknown before this start");
            gate.complete(null);
            assertThat(again.video()).isNotEmpty();
        }
    }
}
