package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskLimits;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.camel.Message;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One message is one task, over a real socket. */
class TaskTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final Tasks tasks = new Tasks(CAMEL);

    @BeforeEach
    void useModelStudio() {
        CAMEL.options(tasks::use);
    }

    @Test
    void bringsItsVideo() {
        var sent = tasks.send("a", "prompt=pan&duration=4&resolution=720p&seed=7&watermark=false");

        assertThat(sent.video()).startsWith(CAMEL.simulator().origin());
        String id = tasks.service().tasks().get(0).id();
        assertThat(sent.end().getMessage().getHeaders())
                .containsEntry(Hh1Constants.TASK_ID, id)
                .containsEntry(Hh1Constants.STATE, "SUCCEEDED")
                .containsEntry(Hh1Constants.MODEL, "happyhorse-1.0-i2v")
                .containsEntry(Hh1Constants.ATTEMPTS, 1)
                .containsEntry(Hh1Constants.REPLAYED, false)
                .containsKeys(Hh1Constants.LOG_ID, Hh1Constants.VIDEO_EXPIRES_AT)
                .doesNotContainKeys(Hh1Constants.RAY_ID, Hh1Constants.KEY_SOURCE);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(tasks.runs()).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("taskId", id)
                .containsEntry("account", "modelstudio/singapore/default")
                .containsEntry("model", "happyhorse-1.0-i2v"));
        var create = tasks.service().creates().get(0);
        assertThat(create.header("X-DashScope-Async")).isEqualTo("enable");
        assertThat(create.json())
                .isEqualTo(Map.of(
                        "model",
                        "happyhorse-1.0-i2v",
                        "input",
                        Map.of(
                                "prompt",
                                "pan",
                                "media",
                                List.of(Map.of(
                                        "type",
                                        "first_frame",
                                        "url",
                                        CAMEL.simulator().sampleImageUrl()))),
                        "parameters",
                        Map.of("resolution", "720P", "duration", 4, "seed", 7, "watermark", false)));
    }

    @Test
    void isReplayedWithItsId() {
        tasks.send("a", "").video();

        Message again = tasks.send("a", "").end().getMessage();

        assertThat(again.getHeaders())
                .containsEntry(Hh1Constants.REPLAYED, true)
                .containsEntry(
                        Hh1Constants.TASK_ID, tasks.service().tasks().get(0).id());
        assertThat(tasks.service().creates()).hasSize(1);
    }

    @Test
    void isTheSameForEitherNameOfItsModel() {
        tasks.send("a", "model=alibaba/hh1-i2v").video();
        tasks.send("a", "model=happyhorse-1.0-i2v").video();

        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void takesContentWithinItsRequest() {
        byte[] photo = Images.png();

        CAMEL.send("inlineImages=true", exchange -> exchange.getMessage().setBody(photo))
                .video();

        assertThat(CAMEL.simulator().meter().get(0).image()).startsWith("data:image/");
    }

    @Test
    void twoDeliveriesAreOneTask() {
        var gate = new CompletableFuture<Void>();
        CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
        var first = tasks.send("a", "");
        String id = tasks.task("RUNNING");
        var second = tasks.send("a", "");
        gate.complete(null);

        assertThat(second.video()).isEqualTo(first.video());
        assertThat(second.end().getMessage().getHeader(Hh1Constants.TASK_ID)).isEqualTo(id);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Nested
    class Limits {
        private static void allBringTheirVideo(TaskLimits limits, String options) {
            CAMEL.simulator().modelStudio().limits(limits);

            var sent = IntStream.range(0, 12)
                    .mapToObj(i -> new Tasks(CAMEL).send("key " + i, options))
                    .toList();

            sent.forEach(each -> assertThat(each.video()).isNotEmpty());
            assertThat(CAMEL.simulator().charges()).isEqualTo(12);
        }

        @Test
        void holdSoThatTheServiceRefusesNoTask() {
            allBringTheirVideo(TaskLimits.none().tasksAtOnce(5).queueing(false), "maxAttempts=1");
            assertThat(tasks.service().creates()).hasSize(12);
        }

        @Test
        void ofTheServiceCostNoVideo() {
            allBringTheirVideo(TaskLimits.documented(), "");
        }

        @Test
        void makeTheSixthTaskWait() {
            var gate = new CompletableFuture<Void>();
            Reply held = Reply.completed().task(TaskPlan.succeeding().runningUntil(gate));
            CAMEL.simulator().script(held, held, held, held, held, held);
            var sent = IntStream.range(0, 6)
                    .mapToObj(i -> tasks.send("key " + i, ""))
                    .toList();

            tasks.awaitPolls(30);
            assertThat(tasks.service().tasks()).hasSize(5);
            gate.complete(null);

            sent.forEach(each -> assertThat(each.video()).isNotEmpty());
            assertThat(tasks.service().tasks()).hasSize(6);
        }
    }

    @Nested
    class TheLedger {
        private final AtomicInteger failures = new AtomicInteger();
        private final CompletableFuture<Void> gate = new CompletableFuture<>();

        /** Takes the id of a task when the gate opens; after so many failures. */
        private final class Gated implements Ledger {
            private final Ledger memory = Ledgers.memory();

            @Override
            public LedgerSession open() {
                return new DelegatingSession(memory.open()) {
                    @Override
                    public boolean task(Attempt attempt, String taskId) {
                        gate.join();
                        if (failures.getAndDecrement() > 0) {
                            throw new LedgerException("the disk is full", null);
                        }
                        return session.task(attempt, taskId);
                    }

                    @Override
                    protected <T> T around(String method, Supplier<T> call) {
                        return call.get();
                    }
                };
            }

            @Override
            public boolean isDurable() {
                return true;
            }
        }

        private void use() {
            CAMEL.restart(component -> component.setLedger(new Gated()));
        }

        @Test
        void hasTheIdBeforeTheFirstQuestion() {
            use();
            var sent = tasks.send("a", "");
            tasks.task("SUCCEEDED");

            assertThat(tasks.service().polls()).isEmpty();
            gate.complete(null);

            sent.video();
            assertThat(tasks.service().polls()).isNotEmpty();
        }

        /** The video is paid for: it is not given up for the ledger's sake. */
        @Test
        void getsTheIdLaterWhenItFails() {
            use();
            failures.set(1);
            gate.complete(null);
            var running = new CompletableFuture<Void>();
            CAMEL.simulator()
                    .script(Reply.completed().task(TaskPlan.succeeding().runningUntil(running)));

            var sent = tasks.send("a", "");
            String id = tasks.task("RUNNING");
            tasks.awaitPolls(2);
            CAMEL.letTimersRing(Duration.ofSeconds(1));
            Awaitility.await()
                    .atMost(TestContext.LIMIT)
                    .until(() -> id.equals(tasks.runs().get(0).get("taskId")));
            running.complete(null);

            assertThat(sent.video()).isNotEmpty();
        }
    }
}
