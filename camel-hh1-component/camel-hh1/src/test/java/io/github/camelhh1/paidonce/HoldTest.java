package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 7, 8, 10 and 17 with five redeliveries and a restart in between; and how an operator settles what is held. */
class HoldTest {
    private static final String FOUND = "https://videos.example/found.mp4";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    @BeforeEach
    void route() {
        LEDGER.ledgerIn(directory.resolve("hh1.db"));
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(5).redeliveryDelay(0);
                from("direct:insisting").to("hh1:generate");
            }
        });
    }

    private void restart() {
        LEDGER.ledgerIn(directory.resolve("hh1.db"));
    }

    private static OutcomeUnknownException heldOf(SentMessage sent) {
        var failure = sent.failure(OutcomeUnknownException.class);
        assertThat(failure.held()).isTrue();
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
        assertThat(failure).hasNoCause().hasMessageContaining("hh1:adopt").hasMessageContaining("hh1:forget");
        return failure;
    }

    private static String heldRun() {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        return CAMEL.send("", LEDGER.keyed("one"))
                .failure(OutcomeUnknownException.class)
                .runId();
    }

    static Stream<Reply> row7() {
        return Stream.of(Fault.resetAfterRequest(), Fault.closeAfterRequest());
    }

    static Stream<Reply> row8() {
        return Stream.of(Fault.endlessHeaders(), Fault.hugeHeader());
    }

    static Stream<Reply> rows7And8WithoutAnEnd() {
        return Stream.of(
                Fault.silence(), Fault.stallAfterHeaders(), Reply.completed().dripping(1, Duration.ofSeconds(1)));
    }

    static Stream<Reply> row10() {
        return Stream.of(
                Reply.completed().cutAfter(30),
                Reply.html(200),
                Reply.empty(200),
                Reply.bytes(200, "text/plain", new byte[] {'o', 'k'}),
                Reply.json(200, "{\"state\":\"Completed\",\"result\":{}}"),
                Reply.state("Dreaming"));
    }

    static Stream<Reply> row17() {
        return IntStream.of(408, 500, 502, 503, 504, 520, 524).mapToObj(Reply::html);
    }

    @ParameterizedTest
    @MethodSource({"row7", "row8", "row10", "row17"})
    void isSentOnceWhateverRedeliversAndRestarts(Reply reply) {
        CAMEL.simulator().script(reply);
        staysHeld(CAMEL.sendTo("direct:insisting", LEDGER.jms("ID:1")));
    }

    @ParameterizedTest
    @MethodSource("rows7And8WithoutAnEnd")
    void isSentOnceWhereTheAnswerDoesNotEnd(Reply reply) {
        CAMEL.simulator().script(reply);
        SentMessage sent = CAMEL.sendTo("direct:insisting", LEDGER.jms("ID:1"));
        await().until(() -> CAMEL.simulator().charges() == 1);
        CAMEL.letGenerationsTimeOut();
        staysHeld(sent);
    }

    @Test
    void aHeldMessageSaysWhenTheRequestWasSent() {
        String runId = heldRun();
        Object sentAt = LEDGER.runs().get(0).get("sentAt");
        assertThat(sentAt).isNotNull();

        var failure = heldOf(CAMEL.send("", LEDGER.keyed("one")));

        assertThat(failure.runId()).isEqualTo(runId);
        assertThat(failure).hasMessageContaining("sent at " + sentAt);
    }

    private void staysHeld(SentMessage first) {
        String runId = heldOf(first).runId();
        for (int restart = 0; restart < 2; restart++) {
            restart();
            assertThat(heldOf(CAMEL.sendTo("direct:insisting", LEDGER.jms("ID:1")))
                            .runId())
                    .isEqualTo(runId);
        }
        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isLessThanOrEqualTo(1);
        assertThat(LEDGER.runs()).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("runId", runId)
                .containsEntry("state", "UNKNOWN")
                .containsEntry("paidAttempts", 1)
                .containsKeys("reason", "createdAt", "sentAt", "settledAt"));
    }

    @Nested
    class Adopt {
        @Test
        void settlesTheRunAndTheRouteGoesOnAsGenerateWould() {
            String runId = heldRun();
            restart();
            var message = LEDGER.adopt(runId, FOUND).end().getMessage();
            assertThat(message.getBody()).isEqualTo(FOUND);
            assertThat(message.getHeaders())
                    .containsEntry(Hh1Constants.VIDEO_URL, FOUND)
                    .containsEntry(Hh1Constants.VIDEO_FILE_NAME, "sample.mp4")
                    .containsEntry(Hh1Constants.RUN_ID, runId)
                    .containsEntry(Hh1Constants.RUN_STATE, "COMPLETED")
                    .containsEntry(Hh1Constants.MODEL, "alibaba/hh1-i2v");
            restart();
            assertThat(LedgerClient.replayed(CAMEL.send("", LEDGER.keyed("one")))
                            .getBody())
                    .isEqualTo(FOUND);
            assertThat(CAMEL.posts()).isEqualTo(1);
        }

        @Test
        void findsTheRunByItsKeyAndAsOftenAsIsLiked() {
            heldRun();
            for (String link : List.of(FOUND, FOUND, FOUND + "?again")) {
                assertThat(LEDGER.operate("hh1:adopt", link, Map.of(Hh1Constants.REQUEST_KEY, "one"))
                                .video())
                        .isEqualTo(link);
            }
            assertThat(LEDGER.runs("COMPLETED")).singleElement().satisfies(run -> assertThat(run)
                    .containsEntry("videoUrl", FOUND + "?again"));
        }
    }

    @Nested
    class Forget {
        @Test
        void freesAHeldRunSoThatItsMessageIsSentAgain() {
            String runId = heldRun();
            restart();
            SentMessage forgotten = LEDGER.operate("hh1:forget", "a body", Map.of(Hh1Constants.RUN_ID, runId));
            assertThat(forgotten.video()).isEqualTo("a body");
            assertThat(forgotten.end().getMessage().getHeaders())
                    .containsEntry(Hh1Constants.RUN_STATE, "FORGOTTEN")
                    .containsEntry(Hh1Constants.RUN_ID, runId);
            restart();
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            assertThat(CAMEL.posts()).isEqualTo(2);
        }

        @Test
        void freesACompletedRunByItsKey() {
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            LEDGER.operate("hh1:forget", null, Map.of(Hh1Constants.REQUEST_KEY, "one"))
                    .video();
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }
    }

    @Nested
    class Resend {
        private static final String THRICE = "onUnknown=resend&maxPaidAttempts=3";

        @Test
        void sendsAtMostSoOftenAndWritesEachCauseDown() {
            CAMEL.simulator().script(Reply.html(502), Fault.closeAfterRequest(), Reply.html(504));
            assertThat(CAMEL.send(THRICE, LEDGER.keyed("one"))
                            .failure(OutcomeUnknownException.class)
                            .held())
                    .isFalse();
            restart();
            heldOf(CAMEL.send(THRICE, LEDGER.keyed("one")));
            assertThat(CAMEL.posts()).isEqualTo(3);
            var run = LEDGER.runs("UNKNOWN").get(0);
            assertThat(run).containsEntry("paidAttempts", 3);
            assertThat(run.get("causes").toString().lines())
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("502");
            assertThat(run.get("reason").toString()).contains("504");
        }

        @Test
        void endsWithTheFirstVideo() {
            CAMEL.simulator().script(Reply.html(502), Fault.closeAfterRequest());
            LedgerClient.made(CAMEL.send(THRICE, LEDGER.keyed("one")));
            LedgerClient.replayed(CAMEL.send(THRICE, LEDGER.keyed("one")));
            assertThat(LEDGER.runs("COMPLETED").get(0)).containsEntry("paidAttempts", 3);
            assertThat(CAMEL.posts()).isEqualTo(3);
        }

        @Test
        void sendsWhatWasHeldBeforeARestart() {
            heldRun();
            restart();
            LedgerClient.made(CAMEL.send("onUnknown=resend", LEDGER.keyed("one")));
            assertThat(CAMEL.posts()).isEqualTo(2);
        }

        @Test
        void isHeldAgainWhenTheResendIsRefused() {
            heldRun();
            CAMEL.simulator().script(Reply.error(402, 2021, "No credit"));
            CAMEL.send("onUnknown=resend", LEDGER.keyed("one")).end();
            assertThat(LEDGER.runs("UNKNOWN")).hasSize(1);
            heldOf(CAMEL.send("", LEDGER.keyed("one")));
            assertThat(CAMEL.posts()).isEqualTo(2);
        }
    }
}
