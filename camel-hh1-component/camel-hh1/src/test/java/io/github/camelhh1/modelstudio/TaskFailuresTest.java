package io.github.camelhh1.modelstudio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every documented status and code, and every way to be silent, over a real socket. */
class TaskFailuresTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final Tasks tasks = new Tasks(CAMEL);

    @BeforeEach
    void useModelStudio() {
        CAMEL.options(tasks::use);
    }

    @Nested
    class ACreate {
        private <T extends Hh1Exception> T fails(Reply reply, Class<T> as) {
            CAMEL.simulator().script(reply);
            T failure = tasks.send("a", "maxAttempts=1").failure(as);
            assertThat(tasks.service().creates()).hasSize(1);
            return failure;
        }

        @ParameterizedTest
        @CsvSource({
            "401, InvalidApiKey, Invalid API-key provided.",
            "403, AccessDenied, Access denied.",
            "403, Model.AccessDenied, Model access denied.",
            "400, Arrearage, Access denied: your account is in arrears.",
            "400, InvalidParameter, duration must be within 3 and 15",
            "400, DataInspectionFailed, Input data may contain inappropriate content.",
            "404, ModelNotFound, The model does not exist.",
            "413, RequestTooLarge, Too large.",
            "408, SomethingNew, No."
        })
        void thatIsRefusedIsNotBilled(int status, String code, String message) {
            var failure = fails(Reply.refused(status, code, message), RejectedException.class);

            assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.httpStatus()).isEqualTo(status);
            assertThat(failure.logId()).isNotBlank();
            assertThat(failure).hasMessageContaining(message);
            assertThat(tasks.send("a", "").video()).isNotEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "429, Throttling",
            "429, Throttling.RateQuota",
            "429, Throttling.AllocationQuota",
            "429, SomethingNew",
            "400, Throttling.RateQuota"
        })
        void thatIsThrottledIsSentLater(int status, String code) {
            Reply throttled = Reply.refused(status, code, "Requests rate limit exceeded");
            assertThat(fails(throttled, ThrottledException.class).code()).isEqualTo(code);

            CAMEL.simulator().script(throttled, throttled);
            var sent = tasks.send("a", "maxAttempts=3");

            assertThat(sent.video()).isNotEmpty();
            assertThat(sent.end().getMessage().getHeader(Hh1Constants.ATTEMPTS)).isEqualTo(3);
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        static Stream<Reply> inDoubt() {
            return Stream.of(
                    Reply.refused(500, "InternalError", "An internal error has occurred"),
                    Reply.refused(500, "SystemError", "An system error has occurred"),
                    Reply.refused(503, "Throttling", "busy"),
                    Reply.html(502),
                    Reply.empty(504),
                    Reply.empty(408),
                    Reply.json(200, "{}"),
                    Reply.json(200, "[]"),
                    Reply.json(200, "{\"output\":{\"task_status\":\"PENDING\"}}"),
                    Reply.json(200, "{\"output\":{\"task_id\":\"../../x\",\"task_status\":\"PENDING\"}}"),
                    Reply.json(200, "{\"output\":{\"task_id\":{\"a\":1}}}"),
                    Reply.json(200, "{\"output\":{\"task_id\":\"" + "x".repeat(201) + "\"}}"),
                    Reply.json(200, "{\"output\":{\"task_id\":\"cut"),
                    Fault.resetAfterRequest(),
                    Fault.closeAfterRequest());
        }

        @ParameterizedTest
        @MethodSource("inDoubt")
        void whoseAnswerIsLostIsUnknown(Reply reply) {
            var failure = fails(reply, OutcomeUnknownException.class);

            assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
            assertThat(failure.taskId()).isNull();
            assertThat(failure.getCause()).isNull();
            assertThat(tasks.send("a", "")
                            .failure(OutcomeUnknownException.class)
                            .held())
                    .isTrue();
            assertThat(tasks.service().creates()).hasSize(1);
        }

        @Test
        void isNotRedirected() {
            fails(Reply.redirect(307, "https://elsewhere.example/"), RejectedException.class);
        }
    }

    @Nested
    class AQuestion {
        static Stream<Reply> withoutAnAnswer() {
            return Stream.of(
                    Reply.refused(500, "InternalError", "no"),
                    Reply.refused(429, "Throttling.RateQuota", "no"),
                    Reply.refused(401, "InvalidApiKey", "no"),
                    Reply.refused(404, "NotFound", "no"),
                    Reply.html(502),
                    Reply.empty(200),
                    Reply.json(200, "{\"output\":"),
                    Reply.json(200, "{\"output\":{\"task_status\":\"UNKNOWN\"}}"),
                    Reply.json(200, "{\"output\":{\"task_status\":\"QUEUED_ANEW\"}}"),
                    Reply.json(200, "{\"output\":{\"task_status\":7}}"),
                    Reply.json(
                            200,
                            "{\"output\":{\"task_id\":\"another\",\"task_status\":\"SUCCEEDED\",\"video_url\":\"https://v.example/1.mp4\"}}"),
                    Fault.resetAfterRequest(),
                    Fault.closeAfterRequest());
        }

        @ParameterizedTest
        @MethodSource("withoutAnAnswer")
        void isAskedAgain(Reply reply) {
            tasks.service().scriptPoll(reply, reply);

            assertThat(tasks.send("a", "").video()).startsWith(CAMEL.simulator().origin());

            assertThat(tasks.service().pollCount()).isGreaterThan(2);
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void isAskedAboutAStatusThatNoPageDocuments() {
            var gate = new CompletableFuture<Void>();
            CAMEL.simulator()
                    .script(Reply.completed()
                            .task(TaskPlan.succeeding().runningUntil(gate).showing("POLISHING")));

            var sent = tasks.send("a", "");
            tasks.awaitPolls(3);
            assertThat(sent.hasEnded()).isFalse();
            gate.complete(null);

            assertThat(sent.video()).isNotEmpty();
        }
    }

    @Nested
    class ATask {
        @ParameterizedTest
        @CsvSource({
            "InternalError, The model broke",
            "InvalidParameter, The image could not be fetched",
            "DataInspectionFailed, Output data may contain inappropriate content.",
            "SomethingNew, No."
        })
        void thatFailsIsRefusedAndNotBilled(String code, String message) {
            CAMEL.simulator().script(Reply.completed().task(TaskPlan.failing(code, message)));

            var failure = tasks.send("a", "").failure(RejectedException.class);

            assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure).hasMessageContaining(message);
            assertThat(CAMEL.simulator().charges()).isZero();
            assertThat(tasks.send("a", "").video()).as("its key is free").isNotEmpty();
        }

        @Test
        void thatWasCancelledElsewhereIsNotBilled() {
            tasks.service().scriptPoll(Reply.json(200, "{\"output\":{\"task_status\":\"CANCELED\"}}"));

            assertThat(tasks.send("a", "").failure(RejectedException.class).billing())
                    .isEqualTo(Billing.NOT_BILLED);
        }

        @Test
        void thatSucceedsWithoutALinkIsUnknown() {
            tasks.service().scriptPoll(Reply.json(200, "{\"output\":{\"task_status\":\"SUCCEEDED\"}}"));

            var failure = tasks.send("a", "").failure(OutcomeUnknownException.class);

            assertThat(failure.taskId())
                    .isEqualTo(tasks.service().tasks().get(0).id());
            assertThat(failure).hasMessageContaining("task id " + failure.taskId());
        }

        @Test
        void keepsALinkThatNobodyCanAskFor() {
            String link = "ftp://v.example/1.mp4?Signature=s";
            CAMEL.simulator().script(Reply.completed().task(TaskPlan.succeeding(link)));

            tasks.send("a", "").failure(OutcomeUnknownException.class);

            assertThat(tasks.runs().get(0)).containsEntry("videoUrl", link);
        }
    }
}
