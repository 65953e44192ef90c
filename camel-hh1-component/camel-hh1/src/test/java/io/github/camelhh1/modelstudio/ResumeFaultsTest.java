package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedger;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a task that is resumed. */
class ResumeFaultsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Emission.Filter RECOVERED = new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null);

    private final Tasks tasks = new Tasks(CAMEL);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    /** Comes before a call of the component's session. */
    private final AtomicReference<String> broken = new AtomicReference<>("");

    private final AtomicReference<Runnable> beforeSecondComplete = new AtomicReference<>(() -> {});
    private final AtomicInteger completions = new AtomicInteger();

    @TempDir
    private Path directory;

    private Ledger real;
    private LedgerSession session;

    @BeforeEach
    void useModelStudio() {
        real = Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
        session = real.open();
        CAMEL.restart(component -> {
            tasks.use(component.getConfiguration());
            component.setLedger(fragile());
        });
    }

    @AfterEach
    void open() {
        gate.complete(null);
        session.close();
    }

    private Ledger fragile() {
        return new Ledger() {
            @Override
            public LedgerSession open() {
                return new DelegatingSession(real.open()) {
                    @Override
                    protected <T> T around(String method, Supplier<T> call) {
                        if (method.equals(broken.get())) {
                            throw new LedgerException(method + " failed", null);
                        }
                        if (method.equals("complete") && completions.incrementAndGet() == 2) {
                            beforeSecondComplete.get().run();
                        }
                        return call.get();
                    }
                };
            }

            @Override
            public boolean isDurable() {
                return true;
            }

            @Override
            public String toString() {
                return "fragile";
            }
        };
    }

    private SentMessage running(String options) {
        CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
        var sent = tasks.send("a", options);
        tasks.task("RUNNING");
        tasks.awaitPolls(2);
        return sent;
    }

    private Run run() {
        return session.list(Run.Filter.of(null), 1, 0).get(0);
    }

    private void awaitState(RunState state) {
        Awaitility.await().atMost(TestContext.LIMIT).until(() -> run().state() == state);
    }

    /** Each look that rings leaves its own timer behind, so there are few. */
    private void getsItsVideo() {
        Awaitility.await()
                .atMost(TestContext.LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    CAMEL.letTimersRing(PAUSE);
                    return session.list(Run.Filter.of(null), 9, 0).stream()
                            .anyMatch(run -> run.state() == RunState.COMPLETED);
                });
    }

    @Test
    void anOverdueTaskIsFoundThoughItsKeyIsRotatedWhileItIsAskedFor() {
        var key = new AtomicReference<>(TestContext.KEY);
        CAMEL.options(options -> options.setApiKeySupplier(key::get));
        var sent = running("");
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);
        key.set("a-key-that-the-service-does-not-take");
        // An endpoint for which the task is overdue.
        tasks.send("b", "generationTimeout=1").end();
        tasks.awaitPolls(1);

        key.set(TestContext.KEY);
        gate.complete(null);

        getsItsVideo();
    }

    @Test
    void aTaskIsAskedForWithTheKeyOfTheEndpointThatCreatedIt() {
        var sent = running("");
        // Without accountId, both endpoints are of the same account of the ledger.
        tasks.send("b", "apiKey=the-key-of-another-customer").end();
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);
        gate.complete(null);

        getsItsVideo();
    }

    /** The key of another customer is a good one, too. The service says UNKNOWN of a task that is not its customer's. */
    @Test
    void anOverdueTaskIsNotKeptByAnEndpointWhoseServiceDoesNotKnowIt() {
        try (var others =
                Hh1Simulator.builder().apiKey(TestContext.KEY).rendering(false).start()) {
            isNotKeptByAnEndpointOf(others.modelStudio().baseUrl());
            assertThat(others.modelStudio().polls()).isNotEmpty();
        }
    }

    @Test
    void anOverdueTaskIsNotKeptByAnEndpointThatReachesNoService() {
        isNotKeptByAnEndpointOf("http://127.0.0.1:1");
    }

    private void isNotKeptByAnEndpointOf(String service) {
        var sent = running("");
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);
        tasks.send("b", "generationTimeout=1&baseUrl=" + service).end();
        gate.complete(null);

        getsItsVideo();
    }

    @Test
    void aTaskThatHasEndedWithoutAUsableLinkIsNotAskedForEveryFewSeconds() {
        CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding("ftp://v.example/1.mp4?Signature=s")));
        tasks.send("a", "").failure(OutcomeUnknownException.class);

        Run unknown = run();
        assertThat(unknown.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(unknown.taskId()).isNotNull();
        assertThat(session.toResume(unknown.asked().account(), 9)).isEmpty();
    }

    @Test
    void aVideoThatARouteGetsFromRecoveredIsNotGivenToADeliveryThatJoinedAsWell() {
        var sent = running("");
        CAMEL.component().stop();
        sent.failure(OutcomeUnknownException.class);
        completions.set(0);
        var emitted = new AtomicReference<>(List.<Emission>of());
        // A route of another node asks between the completion and the mark that a delivery gets it.
        beforeSecondComplete.set(() -> emitted.set(session.emit(RECOVERED, 9)));
        CAMEL.component().start();
        var again = tasks.send("a", "");
        tasks.awaitPolls(2);
        gate.complete(null);

        Object body = again.end().getMessage().getBody();
        boolean joined = again.end().getException() == null && body != null;
        assertThat(emitted.get().size() + (joined ? 1 : 0))
                .as("exchanges that get the video")
                .isEqualTo(1);
    }

    @Test
    void aTaskWhoseNameIsNotWrittenYetIsNotSentAgainByAnotherNode() throws Exception {
        broken.set("task");
        var sent = running("");
        CAMEL.letGenerationsTimeOut();
        sent.failure(OutcomeUnknownException.class);
        assertThat(run().state()).as("nothing is written behind its name").isEqualTo(RunState.SENT);

        var other = new Hh1Component(CAMEL.context());
        tasks.use(other.getConfiguration());
        other.getConfiguration().setApiKey(TestContext.KEY);
        other.setLedger(real);
        CAMEL.context().addComponent("other", other);
        CAMEL.sendTo("other:generate?onUnknown=resend", exchange -> {
                    exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "a");
                    exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                })
                .end();

        assertThat(tasks.service().creates()).as("the first task lives").hasSize(1);
    }

    @Test
    void aTaskThatAnExchangeOfThisJvmWaitsForIsNotCancelledByAnotherEndpoint() {
        var clock = new AtomicReference<>(Instant.now());
        real = new MemoryLedger(clock::get, Duration.ofSeconds(6), 100);
        CAMEL.restart(component -> component.setLedger(fragile()));
        try (LedgerSession node = real.open()) {
            CAMEL.simulator()
                    .script(Reply.completed().task(TaskPlan.succeeding().pendingUntil(gate)));
            var sent = tasks.send("a", "");
            tasks.task("PENDING");
            tasks.awaitPolls(2);
            // Another node takes this one for dead; this one goes on under a new name.
            Awaitility.await().atMost(TestContext.LIMIT).until(() -> {
                clock.set(clock.get().plusSeconds(7));
                node.renew();
                node.recover();
                return node.list(Run.Filter.of(null), 1, 0).get(0).state() == RunState.UNKNOWN;
            });
            tasks.send("b", "generationTimeout=1").end();

            CAMEL.letTimersRing(PAUSE);
            tasks.awaitPolls(9);
            assertThat(tasks.service().cancels())
                    .as("an exchange waits for its video")
                    .isEmpty();
            gate.complete(null);
            assertThat(sent.video()).isNotEmpty();
        }
    }
}
