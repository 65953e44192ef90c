package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
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
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

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
        LEDGER.ledgerIn(directory.resolve("hh1.db"));
    }

    private static void script(Reply reply) {
        CAMEL.simulator().when(request -> true).reply(reply);
    }

    private static RejectedException failed(SentMessage sent) {
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
        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void threeDeliveriesOfOneKeyGetOneFailure(Reply reply) {
        script(reply);
        var first = failed(CAMEL.send("", LEDGER.keyed("one")));

        var second = failed(CAMEL.send("", LEDGER.keyed("one")));
        LEDGER.ledgerIn(directory.resolve("hh1.db"));
        var third = failed(CAMEL.send("", LEDGER.keyed("one")));

        onePost();
        isTheSame(second, first);
        isTheSame(third, first);
        assertThat(LEDGER.runs("FAILED")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("runId", first.runId())
                .containsEntry("paidAttempts", 1));
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void aClauseForEveryExceptionCostsNothing(Reply reply) {
        script(reply);
        List<Exception> seen = new CopyOnWriteArrayList<>();
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .maximumRedeliveries(5)
                        .redeliveryDelay(0)
                        .onRedelivery(exchange -> seen.add(exchange.getException()));
                from("direct:stubborn").to("hh1:generate");
            }
        });

        SentMessage sent = CAMEL.sendTo("direct:stubborn", LEDGER.sample(Map.of()));

        sent.end();
        onePost();
        failed(sent);
        assertThat(seen).hasSize(5);
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void resendDoesNotSendItAgain(Reply reply) {
        script(reply);
        var first = failed(CAMEL.send(RESEND, LEDGER.keyed("one")));

        var second = failed(CAMEL.send(RESEND, LEDGER.keyed("one")));

        onePost();
        isTheSame(second, first);
    }

    @Test
    void anAttemptThatFailsAfterAnUnknownOneIsTheLast() {
        CAMEL.simulator().script(Fault.closeAfterRequest(), Reply.failed("8001", "The model failed"));

        var first = failed(CAMEL.send(RESEND, LEDGER.keyed("one")));
        var second = failed(CAMEL.send(RESEND, LEDGER.keyed("one")));

        assertThat(CAMEL.posts()).isEqualTo(2);
        isTheSame(second, first);
        assertThat(LEDGER.runs("FAILED")).hasSize(1);
    }

    @Test
    void anotherRequestUnderTheKeyIsRefused() {
        CAMEL.simulator().script(Reply.failed("8001", "The model failed"));
        failed(CAMEL.send("", LEDGER.keyed("one", "rain")));

        CAMEL.send("", LEDGER.keyed("one", "snow")).failure(KeyReuseException.class);

        onePost();
    }

    @Nested
    class Forgotten {
        @Test
        void itIsSentAndPaidAgain() {
            CAMEL.simulator().script(Reply.error(424, 2017, "The response was blocked"));
            String runId = failed(CAMEL.send("", LEDGER.keyed("one"))).runId();
            failed(CAMEL.send("", LEDGER.keyed("one")));
            onePost();

            LEDGER.forget(runId).video();

            assertThat(LEDGER.runs("FORGOTTEN")).hasSize(1);
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            assertThat(CAMEL.posts()).isEqualTo(2);
        }

        @Test
        void itIsFoundByItsKey() {
            CAMEL.simulator().script(Reply.failed("8001", "The model failed"));
            failed(CAMEL.send("", LEDGER.keyed("one")));

            LEDGER.operate("hh1:forget", null, Map.of(Hh1Constants.REQUEST_KEY, "one"))
                    .video();

            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
        }

        @Test
        void itStaysCounted() {
            LEDGER.restart(component -> component.setMaxSecondsPerDay(3L));
            script(Reply.failed("8001", "The model failed"));
            String runId = failed(CAMEL.send("duration=3", LEDGER.keyed("one"))).runId();
            failed(CAMEL.send("duration=3", LEDGER.keyed("one")));

            LEDGER.forget(runId).video();

            CAMEL.send("duration=3", LEDGER.keyed("one")).failure(BudgetExceededException.class);
            onePost();
        }
    }

    @Test
    void theCapIsNotAskedForTheSameFailure() {
        LEDGER.restart(component -> component.setMaxSecondsPerDay(3L));
        script(Reply.failed("8001", "The model failed"));

        failed(CAMEL.send("duration=3", LEDGER.keyed("one")));
        failed(CAMEL.send("duration=3", LEDGER.keyed("one")));

        CAMEL.send("duration=3", LEDGER.keyed("two")).failure(BudgetExceededException.class);
        onePost();
    }

    @Test
    void itIsNoUnknownOutcomeThatIsAdopted() {
        CAMEL.simulator().script(Reply.failed("8001", "The model failed"), Fault.closeAfterRequest());
        failed(CAMEL.send("", LEDGER.keyed("failed")));
        CAMEL.send("", LEDGER.keyed("unknown")).failure(OutcomeUnknownException.class);

        assertThat(LEDGER.runs("UNKNOWN")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("key", "unknown"));
        assertThat(LEDGER.runs("FAILED")).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("key", "failed"));
    }
}
