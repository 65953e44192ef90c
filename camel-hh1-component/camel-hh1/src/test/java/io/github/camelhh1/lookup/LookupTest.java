package io.github.camelhh1.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.gateway.LogPlan;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unknown outcomes are looked up while their messages wait. Row 47. */
class LookupTest {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @BeforeEach
    void lookUp() {
        CAMEL.options(options -> options.setLookup(true));
    }

    private static Object header(SentMessage sent, String name) {
        return sent.end().getMessage().getHeader(name);
    }

    private static void await(Runnable assertion) {
        org.awaitility.Awaitility.await().atMost(TestContext.LIMIT).untilAsserted(assertion::run);
    }

    private static void isWaitingFor(Duration look) {
        await(() -> assertThat(CAMEL.delays()).contains(look));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> run() {
        Message answer = CAMEL.sendTo("hh1:runs", exchange -> {}).end().getMessage();
        return ((List<Map<String, Object>>) answer.getBody(List.class)).get(0);
    }

    @Nested
    class WhenTheAnswerIsLost {
        static List<Reply> lost() {
            return List.of(
                    Fault.resetAfterRequest(),
                    Fault.closeAfterRequest(),
                    Reply.completed().cutAfter(20),
                    Fault.hugeHeader(),
                    Reply.html(502).billed(true));
        }

        @ParameterizedTest
        @MethodSource("lost")
        void theVideoIsFoundAndPaidOnce(Reply lost) {
            CAMEL.simulator().gateway().script(LogPlan.row(200, completed("https://v.example/found.mp4")));
            CAMEL.simulator().script(lost);

            SentMessage sent = CAMEL.send("");

            assertThat(sent.video()).isEqualTo("https://v.example/found.mp4");
            assertThat(header(sent, Hh1Constants.RECOVERED)).isEqualTo(true);
            assertThat(header(sent, Hh1Constants.REPLAYED)).isEqualTo(false);
            assertThat(header(sent, Hh1Constants.ATTEMPTS)).isEqualTo(1);
            assertThat(header(sent, Hh1Constants.LOG_ID)).isNotNull();
            assertThat(run()).containsEntry("state", "COMPLETED");
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        /** Every output header is as first given. */
        @Test
        void aReplaySaysThatTheVideoWasRecovered() {
            CAMEL.simulator().script(Fault.resetAfterRequest());
            CAMEL.send("requestKey=once").video();

            SentMessage again = CAMEL.send("requestKey=once");

            again.video();
            assertThat(header(again, Hh1Constants.REPLAYED)).isEqualTo(true);
            assertThat(header(again, Hh1Constants.RECOVERED)).isEqualTo(true);
        }
    }

    private static String completed(String link) {
        return "{\"state\":\"Completed\",\"result\":{\"video\":\"" + link + "\"}}";
    }

    @Test
    void anAnswerThatArrivesIsNotLookedUp() {
        SentMessage sent = CAMEL.send("");

        sent.video();
        assertThat(header(sent, Hh1Constants.RECOVERED)).isNull();
        await(() -> assertThat(CAMEL.simulator().gateway().asked())
                .singleElement()
                .asString()
                .endsWith("/gateways/default"));
    }

    @Test
    void eachPostHasANameOfItsOwn() {
        CAMEL.simulator().script(Reply.throttled(), Reply.throttled());
        CAMEL.send("").video();
        CAMEL.send("").video();

        Set<String> names = new HashSet<>();
        for (ReceivedRequest request : CAMEL.simulator().requests()) {
            String metadata = request.headers().get("cf-aig-metadata").get(0);
            assertThat(metadata).matches("\\{\"hh1run\":\"[0-9a-f-]{36}\"}");
            names.add(metadata);
        }
        assertThat(names).hasSize(4);
    }

    @Test
    void switchedOffNothingIsSentAndNothingIsAsked() {
        CAMEL.simulator().script(Fault.resetAfterRequest());

        CAMEL.send("lookup=false").failure(OutcomeUnknownException.class);

        assertThat(CAMEL.simulator().requests()).singleElement().satisfies(request -> assertThat(request.headers())
                .doesNotContainKey("cf-aig-metadata"));
        assertThat(CAMEL.simulator().gateway().asked()).isEmpty();
        assertThat(CAMEL.delays()).doesNotContain(FIRST);
    }

    @Test
    void withATimeoutOfZeroTheExchangeDoesNotWait() {
        CAMEL.simulator().script(Fault.resetAfterRequest());

        CAMEL.send("lookupTimeout=0").failure(OutcomeUnknownException.class);

        assertThat(CAMEL.simulator().requests().get(0).headers()).containsKey("cf-aig-metadata");
        assertThat(CAMEL.delays()).doesNotContain(FIRST);
    }

    @Test
    void aCallWithoutARowStaysUnknown() {
        CAMEL.simulator().gateway().script(LogPlan.missing()).add(LogPlan.row(200, completed("https://v.example/1")));
        CAMEL.simulator().script(Fault.resetAfterRequest());
        SentMessage sent = CAMEL.send("");
        isWaitingFor(LIMIT);
        CAMEL.letTimersRing(LIMIT);

        sent.failure(OutcomeUnknownException.class);
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void aStopEndsTheWait() {
        CAMEL.simulator().gateway().script(LogPlan.missing());
        CAMEL.simulator().script(Fault.resetAfterRequest());
        SentMessage sent = CAMEL.send("");
        isWaitingFor(LIMIT);
        CAMEL.component().stop();

        sent.failure(OutcomeUnknownException.class);
    }

    @Nested
    class WhenNobodyWaitsAnyMore {
        private static final Duration TURN = Duration.ofSeconds(30);

        private String lost() {
            CAMEL.simulator().script(Fault.resetAfterRequest());
            return CAMEL.send("lookupTimeout=0")
                    .failure(OutcomeUnknownException.class)
                    .runId();
        }

        private SentMessage lookUp(String runId) {
            return CAMEL.sendTo("hh1:lookup", exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_ID, runId));
        }

        @Test
        void theRunIsLookedUpInTheBackground() {
            lost();

            await(() -> {
                CAMEL.letTimersRing(TURN);
                assertThat(run()).containsEntry("state", "COMPLETED").containsKey("videoUrl");
            });
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void theRunIsLookedUpOnceTheComponentWasStoppedAndStarted() {
            lost();
            CAMEL.component().stop();
            CAMEL.component().start();

            await(() -> {
                CAMEL.letTimersRing(TURN);
                assertThat(run()).containsEntry("state", "COMPLETED");
            });
        }

        @Test
        void theRunIsLookedUpThoughItsProducerIsGone() throws Exception {
            CAMEL.simulator().script(Fault.resetAfterRequest());
            try (var template = CAMEL.context().createProducerTemplate()) {
                template.send("hh1:generate?lookupTimeout=0", exchange -> exchange.getMessage()
                        .setBody(CAMEL.simulator().sampleImageUrl()));
            }

            await(() -> {
                CAMEL.letTimersRing(TURN);
                assertThat(run()).containsEntry("state", "COMPLETED");
            });
        }

        @Test
        void theRunIsLookedUpInItsOwnGatewayOnly() {
            CAMEL.send("gatewayId=other").video();
            CAMEL.simulator().script(Fault.resetAfterRequest());
            CAMEL.send("lookupTimeout=0&gatewayId=own").failure(OutcomeUnknownException.class);

            await(() -> {
                CAMEL.letTimersRing(TURN);
                assertThat(run()).containsEntry("state", "COMPLETED");
            });
            assertThat(logsAsked()).allMatch(path -> path.contains("/gateways/own/"));
        }

        @Test
        void noRunIsLookedUpWhileTheServiceWantsNoQuestions() {
            CAMEL.simulator().gateway().throttleNext(Duration.ofHours(1));
            lost();
            lost();

            await(() -> {
                CAMEL.letTimersRing(TURN);
                assertThat(logsAsked()).isNotEmpty();
            });
            for (int turn = 0; turn < 5; turn++) {
                long before = turns();
                await(() -> {
                    CAMEL.letTimersRing(TURN);
                    assertThat(turns()).isGreaterThan(before);
                });
            }
            assertThat(logsAsked()).hasSize(1);
        }

        private long turns() {
            return CAMEL.delays().stream().filter(TURN::equals).count();
        }

        private List<String> logsAsked() {
            return CAMEL.simulator().gateway().asked().stream()
                    .filter(path -> path.contains("/logs"))
                    .toList();
        }

        @Test
        void anOperatorIsToldThatTheRunIsOfAnotherGateway() {
            CAMEL.simulator().script(Fault.resetAfterRequest());
            String runId = CAMEL.send("lookupTimeout=0&gatewayId=own")
                    .failure(OutcomeUnknownException.class)
                    .runId();

            assertThat(lookUp(runId).failure(InvalidRequestException.class)).hasMessageContaining("gatewayId");
        }

        @Test
        void anOperatorMayAskForItNow() {
            SentMessage asked = lookUp(lost());

            assertThat(asked.video()).startsWith("http");
            assertThat(header(asked, Hh1Constants.RECOVERED)).isEqualTo(true);
            assertThat(header(asked, Hh1Constants.RUN_STATE)).isEqualTo("COMPLETED");
            assertThat(run()).containsEntry("state", "COMPLETED");
        }

        /** Two operators ask, or another node looks the run up at the same time. */
        @Test
        void anOperatorGetsTheVideoThatIsInTheLedgerBeforeIt() {
            CAMEL.restart(component -> component.setLedger(new Overtaken()));
            CAMEL.simulator().gateway().script(LogPlan.row(200, completed("https://v.example/found.mp4")));

            SentMessage asked = lookUp(lost());

            assertThat(asked.video()).isEqualTo("https://v.example/found.mp4");
            assertThat(header(asked, Hh1Constants.RUN_STATE)).isEqualTo("COMPLETED");
        }

        @Test
        void anOperatorIsToldThatNothingIsKnown() {
            CAMEL.simulator()
                    .gateway()
                    .always(LogPlan.missing())
                    .add(LogPlan.row(200, completed("https://v.example/1")));
            String runId = lost();

            var failure = lookUp(runId).failure(OutcomeUnknownException.class);

            assertThat(failure.runId()).isEqualTo(runId);
            assertThat(failure).hasMessageContaining("nothing certain");
            assertThat(run()).containsEntry("state", "UNKNOWN");
        }

        @Test
        void aRefusalIsNotBelievedAtOnce() {
            CAMEL.simulator()
                    .gateway()
                    .always(LogPlan.row(402, "{\"error\":[{\"code\":2021,\"message\":\"Insufficient credits\"}]}"));

            lookUp(lost()).failure(OutcomeUnknownException.class);

            assertThat(run()).containsEntry("state", "UNKNOWN");
        }

        @Test
        void aRunThatIsNotUnknownIsNotLookedUp() {
            CAMEL.send("").video();

            lookUp(String.valueOf(run().get("runId"))).failure(InvalidRequestException.class);
        }

        @Test
        void aRunInFlightIsNotLookedUp() {
            var gate = new CompletableFuture<Void>();
            CAMEL.simulator().script(Reply.completed().heldUntil(gate));
            SentMessage sent = CAMEL.send("");
            await(() -> assertThat(CAMEL.simulator().inFlight()).isEqualTo(1));

            lookUp(String.valueOf(run().get("runId"))).failure(InFlightException.class);

            gate.complete(null);
            sent.video();
        }

        @Test
        void aRunThatWasSentWithoutANameIsNotLookedUp() {
            CAMEL.simulator().script(Fault.resetAfterRequest());
            String runId = CAMEL.send("lookup=false")
                    .failure(OutcomeUnknownException.class)
                    .runId();

            assertThat(lookUp(runId).failure(InvalidRequestException.class)).hasMessageContaining("lookup=false");
        }
    }

    /** Another session finds each video first. */
    private static final class Overtaken implements Ledger {
        private final Ledger ledger = Ledgers.memory();

        @Override
        public LedgerSession open() {
            LedgerSession other = ledger.open();
            return new DelegatingSession(ledger.open()) {
                @Override
                public boolean found(Run run, Completion completion, boolean handedOn) {
                    assertThat(other.found(run, completion, false)).isTrue();
                    return session.found(run, completion, handedOn);
                }

                @Override
                protected <T> T around(String method, Supplier<T> call) {
                    return call.get();
                }
            };
        }

        @Override
        public boolean isDurable() {
            return false;
        }
    }

    @Test
    void withoutThePermissionNobodyWaits() {
        CAMEL.simulator().gateway().acceptOnly("another");
        CAMEL.send("").video();
        await(() -> assertThat(CAMEL.simulator().gateway().asked()).isNotEmpty());
        CAMEL.simulator().script(Fault.resetAfterRequest());

        CAMEL.send("").failure(OutcomeUnknownException.class);
    }

    @Test
    void aTokenOfItsOwnReadsTheLogs() {
        CAMEL.simulator().gateway().acceptOnly("logs-key");
        CAMEL.simulator().script(Fault.resetAfterRequest());

        assertThat(CAMEL.send("logsApiKey=logs-key").video()).startsWith("http");
    }
}
