package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 46: a task outlives {@code generationTimeout}, or the component. */
class TaskDeadlineTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final Tasks tasks = new Tasks(CAMEL);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @BeforeEach
    void useModelStudio() {
        CAMEL.options(tasks::use);
    }

    @AfterEach
    void open() {
        gate.complete(null);
    }

    private SentMessage isUnderWay(TaskPlan plan, String status, String options) {
        CAMEL.simulator().script(Reply.completed().task(plan));
        var sent = tasks.send("a", options);
        tasks.task(status);
        tasks.awaitPolls(2);
        return sent;
    }

    @Nested
    class ThatHasNotBegun {
        private SentMessage isPending() {
            return isUnderWay(TaskPlan.succeeding().pendingUntil(gate), "PENDING", "");
        }

        @Test
        void isCancelledAndNotBilled() {
            var sent = isPending();
            CAMEL.letGenerationsTimeOut();

            assertThat(sent.failure(RejectedException.class).billing()).isEqualTo(Billing.NOT_BILLED);
            assertThat(tasks.service().cancels()).hasSize(1);
            gate.complete(null);
            assertThat(CAMEL.simulator().charges()).isZero();
            assertThat(tasks.send("a", "").video()).as("its key is free").isNotEmpty();
        }

        static Stream<Reply> ambiguous() {
            return Stream.of(
                    Reply.refused(500, "InternalError", "no").billed(false),
                    Reply.refused(400, "UnsupportedOperation", "no").billed(false),
                    Reply.json(200, "{}").billed(false),
                    Fault.resetAfterRequest().billed(false));
        }

        @ParameterizedTest
        @MethodSource("ambiguous")
        void isUnknownWhenNobodyKnowsWhetherItWasCancelled(Reply reply) {
            tasks.service().scriptCancel(reply);
            var sent = isPending();
            CAMEL.letGenerationsTimeOut();

            var failure = sent.failure(OutcomeUnknownException.class);
            assertThat(failure.taskId())
                    .isEqualTo(tasks.service().tasks().get(0).id());
            assertThat(failure).hasMessageContaining("PENDING");
        }

        @Test
        void isCancelledThoughTheAnswerSaidNothing() {
            tasks.service().scriptCancel(Fault.resetAfterRequest().billed(true));
            var sent = isPending();
            CAMEL.letGenerationsTimeOut();

            sent.failure(RejectedException.class);
        }
    }

    @Nested
    class ThatHasBegun {
        private SentMessage isRunning(String options) {
            return isUnderWay(TaskPlan.succeeding().runningUntil(gate), "RUNNING", options);
        }

        @Test
        void isUnknownAndNamedByItsException() {
            var sent = isRunning("");
            CAMEL.letGenerationsTimeOut();

            var failure = sent.failure(OutcomeUnknownException.class);
            assertThat(failure.taskId())
                    .isEqualTo(tasks.service().tasks().get(0).id());
            assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
            assertThat(failure).hasMessageContaining("RUNNING").hasMessageContaining("generationTimeout");
            assertThat(tasks.service().cancels()).isEmpty();
            assertThat(tasks.runs().get(0)).containsEntry("state", "UNKNOWN").containsEntry("taskId", failure.taskId());
        }

        @Test
        void isFoundAtTheLastQuestion() {
            CAMEL.options(options -> options.setPollInterval(600_000));
            CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding()));
            var sent = tasks.send("a", "");
            tasks.task("SUCCEEDED");
            Awaitility.await()
                    .atMost(TestContext.LIMIT)
                    .until(() -> tasks.runs().get(0).containsKey("taskId"));
            CAMEL.letGenerationsTimeOut();

            assertThat(sent.video()).isNotEmpty();
        }

        @Test
        void isNeverSentAgain() {
            String resend = "onUnknown=resend&maxPaidAttempts=3";
            var sent = isRunning(resend);
            CAMEL.letGenerationsTimeOut();
            sent.failure(OutcomeUnknownException.class);

            var again = tasks.send("a", resend).failure(InFlightException.class);

            assertThat(again)
                    .hasMessageContaining(tasks.service().tasks().get(0).id());
            assertThat(tasks.service().creates()).hasSize(1);
        }

        /** As of {@code toD} without a cache, or a template that is closed. */
        @Test
        void isAskedForThoughItsProducerIsGone() {
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:dynamic").toD("hh1:generate?requestKey=${header.order}", -1);
                }
            });
            CAMEL.simulator()
                    .script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
            var sent = CAMEL.sendTo("direct:dynamic", exchange -> {
                exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                exchange.getMessage().setHeader("order", "7");
            });
            tasks.task("RUNNING");
            tasks.awaitPolls(2);
            CAMEL.letGenerationsTimeOut();
            sent.failure(OutcomeUnknownException.class);
            gate.complete(null);

            Awaitility.await().atMost(TestContext.LIMIT).untilAsserted(() -> {
                CAMEL.letTimersRing(Duration.ofSeconds(10));
                assertThat(tasks.runs().get(0)).containsEntry("state", "COMPLETED");
            });
            assertThat(tasks.service().creates()).hasSize(1);
        }

        @Test
        void isUnknownWhenTheComponentStops() {
            var sent = isRunning("");
            CAMEL.component().stop();

            assertThat(sent.failure(OutcomeUnknownException.class).taskId())
                    .isEqualTo(tasks.service().tasks().get(0).id());
            CAMEL.component().start();
        }
    }

    @Nested
    class WhoseCreationIsNotAnswered {
        @Test
        void isUnknownWithoutAName() {
            CAMEL.simulator().script(Fault.silence());
            var sent = tasks.send("a", "");
            Awaitility.await().atMost(TestContext.LIMIT).until(() -> tasks.service().creates().stream()
                    .anyMatch(create -> create.complete()));
            CAMEL.letGenerationsTimeOut();

            var failure = sent.failure(OutcomeUnknownException.class);
            assertThat(failure.taskId()).isNull();
            assertThat(failure).hasMessageContaining("generationTimeout");
        }
    }

    @Nested
    class WhoseQuestionHangs {
        @Test
        void endsAllTheSame() {
            tasks.service().scriptPoll(Fault.silence());
            CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding()));
            var sent = tasks.send("a", "");
            tasks.awaitPolls(1);
            CAMEL.letGenerationsTimeOut();

            assertThat(sent.video()).isNotEmpty();
        }

        @Test
        void isAskedAgain() {
            tasks.service().scriptPoll(Fault.silence());
            var sent = tasks.send("a", "");
            tasks.awaitPolls(1);
            CAMEL.letTimersRing(Duration.ofSeconds(30));

            assertThat(sent.video()).isNotEmpty();
            assertThat(tasks.service().pollCount()).isGreaterThan(1);
        }
    }
}
