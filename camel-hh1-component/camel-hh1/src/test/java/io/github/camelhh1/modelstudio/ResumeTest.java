package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import io.github.camelhh1.staging.ServedDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
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

    /** The same, and the route that sent it has stopped. */
    private void restartWithoutItsRoute(SentMessage sent) throws Exception {
        CAMEL.component().stop();
        sent.failure(OutcomeUnknownException.class);
        CAMEL.context().getRouteController().stopAllRoutes();
        CAMEL.component().start();
    }

    private Run run() {
        return session.list(Run.Filter.of(null), 1, 0).get(0);
    }

    private Optional<Attempt> resume() {
        return session.resume(run().runId(), run().taskId());
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
                .containsEntry(Hh1Constants.RECOVERED, true)
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

    /** Its exchange would have ended long ago. */
    @Test
    void isCancelledWhereItHasNotBegunLongAfterItsExchange() throws Exception {
        restartWithoutItsRoute(underWay(TaskPlan.succeeding().pendingUntil(gate), "PENDING"));
        startEndpoint("generationTimeout=1");
        awaitState(RunState.REJECTED);

        assertThat(tasks.service().cancels()).hasSize(1);
        assertThat(CAMEL.simulator().charges()).isZero();
    }

    private void startEndpoint(String options) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").to("hh1:generate?" + options);
            }
        });
    }

    @Test
    void hasADeliveryWaitNoLongerThanItsExchangeWouldHave() throws Exception {
        restartWithoutItsRoute(running());
        startEndpoint("generationTimeout=1");
        awaitState(RunState.SENT);
        CAMEL.context().getRouteController().startAllRoutes();

        tasks.send("a", "").failure(InFlightException.class);
        gate.complete(null);
        awaitState(RunState.COMPLETED);
        assertThat(tasks.send("a", "").video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void isUnknownAgainWhenTheDeadlineOfAResumedTaskComes() {
        restart(running());
        var again = tasks.send("a", "");
        tasks.awaitPolls(2);
        CAMEL.letGenerationsTimeOut();

        assertThat(again.failure(InFlightException.class))
                .hasMessageContaining(tasks.service().tasks().get(0).id());
        awaitState(RunState.UNKNOWN);
        assertThat(run().isGoingOn(Instant.now())).isTrue();
    }

    @Test
    void isLeftToTheNodeThatWasFaster() {
        var sent = running();
        CAMEL.component().stop();
        sent.failure(OutcomeUnknownException.class);
        assertThat(resume()).isPresent();
        CAMEL.component().start();

        tasks.send("a", "").failure(InFlightException.class);
        assertThat(resume()).isEmpty();
        gate.complete(null);
        assertThat(run().state()).isEqualTo(RunState.SENT);
    }

    @Test
    void waitsForAnApiKey() throws Exception {
        restartWithoutItsRoute(running());
        var keys = new AtomicInteger();
        Supplier<String> vault = () -> {
            if (keys.incrementAndGet() == 1) {
                throw new IllegalStateException("the vault is sealed");
            }
            return TestContext.KEY;
        };
        CAMEL.context().getRegistry().bind("vault", vault);
        try (var log = CapturedLog.start()) {
            startEndpoint("apiKeySupplier=#vault");
            Awaitility.await().atMost(TestContext.LIMIT).until(() -> log.text().contains("the vault is sealed"));
        }
        assertThat(run().state()).isEqualTo(RunState.UNKNOWN);
        gate.complete(null);
        Awaitility.await().atMost(TestContext.LIMIT).until(() -> {
            CAMEL.letTimersRing(PAUSE);
            return run().state() == RunState.COMPLETED;
        });
    }

    @Test
    void hasItsStagedImageRemovedByTheNodeThatSettlesIt() throws IOException {
        try (var site = new ServedDirectory()) {
            CAMEL.options(options -> {
                options.setStagingDirectory(site.directory().toString());
                options.setStagingBaseUrl(site.baseUrl());
            });
            CAMEL.simulator()
                    .script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
            var sent = CAMEL.send("", exchange -> {
                exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "a");
                exchange.getMessage().setBody(Images.png());
            });
            tasks.task("RUNNING");
            tasks.awaitPolls(2);
            restart(sent);
            assertThat(site.directory()).isNotEmptyDirectory();
            startEndpoint("preflight=off");
            gate.complete(null);
            awaitState(RunState.COMPLETED);
            Awaitility.await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(site.directory())
                    .isEmptyDirectory());
        }
    }

    @Test
    void isHeldOnceTheServiceHasForgottenIt() {
        var now = new AtomicReference<>(Instant.now());
        Ledger ledger = MemoryLedgers.withLease(now::get, Duration.ZERO);
        CAMEL.restart(component -> component.setLedger(ledger));
        var sent = running();
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);
        now.updateAndGet(time -> time.plus(Run.TASK_LIFE));

        var held = tasks.send("a", "onUnknown=resend&maxPaidAttempts=9").failure(OutcomeUnknownException.class);
        assertThat(held.held()).isTrue();
        assertThat(held).hasMessageContaining("the service has forgotten it");
        assertThat(held.taskId()).isEqualTo(tasks.service().tasks().get(0).id());
        assertThat(tasks.service().creates()).hasSize(1);
    }
}
