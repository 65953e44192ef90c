package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 41: a run that began and failed keeps its key, and its request gets the same failure again. */
class FailedTest {
    private static final String RESEND = "onUnknown=resend&maxPaidAttempts=3";

    @RegisterExtension
    static final Bench BENCH = new Bench();

    private static final Desk DESK = new Desk(BENCH);

    @TempDir
    private Path directory;

    static Stream<Reply> failures() {
        return Stream.of(
                Reply.error(424, 2017, "The response was blocked by a guardrail"),
                Reply.errorArray(424, 2030, "The response was blocked by DLP"),
                Reply.thrown(424, 2017, "The response was blocked by a guardrail"),
                Reply.failed("provider_unavailable", "The provider is down"),
                Reply.failed("Model execution failed (no frame)"));
    }

    @BeforeEach
    void aLedgerThatSurvivesARestart() {
        DESK.ledgerIn(directory.resolve("hh1.db"));
    }

    private static void script(Reply reply) {
        BENCH.simulator().when(request -> true).reply(reply);
    }

    private static RejectedException failed(Sent sent) {
        var failure = sent.failure(RejectedException.class);
        assertThat(failure).hasNoCause().hasMessageContaining("hh1:forget").hasMessageContaining(failure.runId());
        assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        return failure;
    }

    private static void isTheSame(RejectedException again, RejectedException first) {
        assertThat(again).hasMessage(first.getMessage());
        assertThat(again.runId()).isEqualTo(first.runId());
        assertThat(again.code()).isEqualTo(first.code());
        assertThat(again.httpStatus()).isEqualTo(first.httpStatus());
        assertThat(again.logId()).isEqualTo(first.logId());
        assertThat(again.rayId()).isEqualTo(first.rayId());
    }

    private static void onePost() {
        assertThat(BENCH.posts()).isEqualTo(1);
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void threeDeliveriesOfOneKeyGetOneFailure(Reply reply) {
        script(reply);
        var first = failed(BENCH.send("", DESK.keyed("one")));

        var second = failed(BENCH.send("", DESK.keyed("one")));
        DESK.ledgerIn(directory.resolve("hh1.db"));
        var third = failed(BENCH.send("", DESK.keyed("one")));

        onePost();
        isTheSame(second, first);
        isTheSame(third, first);
        assertThat(DESK.runs("FAILED")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("runId", first.runId())
                .containsEntry("paidAttempts", 1));
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void aClauseForEveryExceptionCostsNothing(Reply reply) {
        script(reply);
        List<Exception> seen = new CopyOnWriteArrayList<>();
        BENCH.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .maximumRedeliveries(5)
                        .redeliveryDelay(0)
                        .onRedelivery(exchange -> seen.add(exchange.getException()));
                from("direct:stubborn").to("hh1:generate");
            }
        });

        Sent sent = BENCH.sendTo("direct:stubborn", DESK.sample(Map.of()));

        sent.end();
        onePost();
        failed(sent);
        assertThat(seen).hasSize(5);
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void resendDoesNotSendItAgain(Reply reply) {
        script(reply);
        var first = failed(BENCH.send(RESEND, DESK.keyed("one")));

        var second = failed(BENCH.send(RESEND, DESK.keyed("one")));

        onePost();
        isTheSame(second, first);
    }

    @Test
    void anAttemptThatFailsAfterAnUnknownOneIsTheLast() {
        BENCH.simulator().script(Fault.closeAfterRequest(), Reply.failed("8001", "The model failed"));

        var first = failed(BENCH.send(RESEND, DESK.keyed("one")));
        var second = failed(BENCH.send(RESEND, DESK.keyed("one")));

        assertThat(BENCH.posts()).isEqualTo(2);
        isTheSame(second, first);
        assertThat(DESK.runs("FAILED")).hasSize(1);
    }

    @Test
    void anotherRequestUnderTheKeyIsRefused() {
        BENCH.simulator().script(Reply.failed("8001", "The model failed"));
        failed(BENCH.send("", DESK.keyed("one", "rain")));

        BENCH.send("", DESK.keyed("one", "snow")).failure(KeyReuseException.class);

        onePost();
    }

    @Nested
    class Forgotten {
        @Test
        void itIsSentAndPaidAgain() {
            BENCH.simulator().script(Reply.error(424, 2017, "The response was blocked"));
            String runId = failed(BENCH.send("", DESK.keyed("one"))).runId();
            failed(BENCH.send("", DESK.keyed("one")));
            onePost();

            DESK.forget(runId).video();

            assertThat(DESK.runs("FORGOTTEN")).hasSize(1);
            Desk.made(BENCH.send("", DESK.keyed("one")));
            assertThat(BENCH.posts()).isEqualTo(2);
        }

        @Test
        void itIsFoundByItsKey() {
            BENCH.simulator().script(Reply.failed("8001", "The model failed"));
            failed(BENCH.send("", DESK.keyed("one")));

            DESK.operate("hh1:forget", null, Map.of(Hh1Constants.REQUEST_KEY, "one"))
                    .video();

            Desk.made(BENCH.send("", DESK.keyed("one")));
        }

        @Test
        void itStaysCounted() {
            DESK.restart(component -> component.setMaxSecondsPerDay(3L));
            script(Reply.failed("8001", "The model failed"));
            String runId = failed(BENCH.send("duration=3", DESK.keyed("one"))).runId();
            failed(BENCH.send("duration=3", DESK.keyed("one")));

            DESK.forget(runId).video();

            BENCH.send("duration=3", DESK.keyed("one")).failure(BudgetExceededException.class);
            onePost();
        }
    }

    @Test
    void theCapIsNotAskedForTheSameFailure() {
        DESK.restart(component -> component.setMaxSecondsPerDay(3L));
        script(Reply.failed("8001", "The model failed"));

        failed(BENCH.send("duration=3", DESK.keyed("one")));
        failed(BENCH.send("duration=3", DESK.keyed("one")));

        BENCH.send("duration=3", DESK.keyed("two")).failure(BudgetExceededException.class);
        onePost();
    }

    @Test
    void itIsNoUnknownOutcomeThatIsAdopted() {
        BENCH.simulator().script(Reply.failed("8001", "The model failed"), Fault.closeAfterRequest());
        failed(BENCH.send("", DESK.keyed("failed")));
        BENCH.send("", DESK.keyed("unknown")).failure(OutcomeUnknownException.class);

        assertThat(DESK.runs("UNKNOWN")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("key", "unknown"));
        assertThat(DESK.runs("FAILED")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("key", "failed"));
    }
}
