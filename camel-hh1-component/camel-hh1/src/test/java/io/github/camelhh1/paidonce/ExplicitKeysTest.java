package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Rows 25 and 26b: a key that the sender chose means one request, until that one is refused or forgotten. */
class ExplicitKeysTest {
    private static final Reply NO_CREDIT = Reply.error(402, 2021, "Insufficient AI Gateway credits");

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    private static void isReuse(SentMessage sent) {
        var failure = sent.failure(KeyReuseException.class);
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Nested
    class Row25AnotherRequestUnderTheKey {
        @Test
        void isRefusedOnceTheFirstIsMade() {
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one", "rain")));
            isReuse(CAMEL.send("", LEDGER.keyed("one", "snow")));
            isReuse(CAMEL.send("duration=5", LEDGER.keyed("one", "rain")));
            LedgerClient.replayed(CAMEL.send("", LEDGER.keyed("one", "rain")));
        }

        @Test
        void isRefusedWhileTheFirstRuns() {
            var gate = new CompletableFuture<Void>();
            CAMEL.simulator().script(Reply.completed().heldUntil(gate));
            SentMessage first = CAMEL.send("", LEDGER.keyed("one", "rain"));
            await().until(() -> CAMEL.simulator().inFlight() == 1);
            isReuse(CAMEL.send("", LEDGER.keyed("one", "snow")));
            gate.complete(null);
            LedgerClient.made(first);
        }

        @Test
        void isRefusedWhileTheFirstIsHeld() {
            CAMEL.simulator().script(Fault.closeAfterRequest());
            CAMEL.send("", LEDGER.keyed("one", "rain")).failure(OutcomeUnknownException.class);
            isReuse(CAMEL.send("", LEDGER.keyed("one", "snow")));
            isReuse(CAMEL.send("onUnknown=resend&maxPaidAttempts=3", LEDGER.keyed("one", "snow")));
            assertThat(LEDGER.runs("UNKNOWN")).hasSize(1);
        }

        @Test
        void isFreeOnceTheFirstIsRejected() {
            CAMEL.simulator().script(NO_CREDIT);
            CAMEL.send("", LEDGER.keyed("one", "rain")).failure(RejectedException.class);
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one", "snow")));
            CAMEL.send("", LEDGER.keyed("one", "rain")).failure(KeyReuseException.class);
            assertThat(CAMEL.simulator().charges("snow")).isEqualTo(1);
        }

        @Test
        void isFreeOnceTheFirstIsForgotten() {
            CAMEL.simulator().script(Fault.closeAfterRequest());
            String runId = CAMEL.send("", LEDGER.keyed("one", "rain"))
                    .failure(OutcomeUnknownException.class)
                    .runId();
            LEDGER.forget(runId).video();
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one", "snow")));
            LEDGER.forget(runId).video();
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one", "hail")));
            assertThat(LEDGER.runs()).hasSize(1);
        }

        @Test
        void isAnotherRunUnderAnotherKey() {
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one", "rain")));
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("two", "rain")));
            assertThat(LEDGER.runs()).extracting(run -> run.get("runId")).doesNotHaveDuplicates();
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }
    }

    @Nested
    class Row26bAfterATopUp {
        private void theSameMessageIsSentAgainAndPaidOnce(Processor message) {
            CAMEL.simulator().script(NO_CREDIT);
            CAMEL.send("", message).failure(RejectedException.class);
            assertThat(LEDGER.runs("REJECTED")).hasSize(1);
            LedgerClient.made(CAMEL.send("", message));
            assertThat(LEDGER.runs()).singleElement().satisfies(run -> assertThat(run)
                    .containsEntry("state", "COMPLETED")
                    .containsEntry("paidAttempts", 1));
            LedgerClient.replayed(CAMEL.send("", message));
            assertThat(CAMEL.posts()).isEqualTo(2);
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void aMessageOfAKeyIsSentOnce() {
            theSameMessageIsSentAgainAndPaidOnce(LEDGER.keyed("one"));
        }

        @Test
        void aMessageOfAnUpstreamIdIsSentOnce() {
            theSameMessageIsSentAgainAndPaidOnce(LEDGER.jms("ID:1"));
        }

        @Test
        void aMessageOfNoIdIsSentOnceByARedelivery() {
            CAMEL.simulator().script(NO_CREDIT);
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(RejectedException.class).maximumRedeliveries(1).redeliveryDelay(0);
                    from("direct:poor").to("hh1:generate");
                }
            });
            LedgerClient.made(CAMEL.sendTo("direct:poor", LEDGER.sample(Map.of())));
            assertThat(LEDGER.runs()).hasSize(1);
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }
    }

    @Nested
    class ByTheOption {
        @Test
        void anExpressionNamesTheRequest() {
            String option = "requestKey=RAW(${header.order})";
            LedgerClient.made(CAMEL.send(option, LEDGER.sample(Map.of("order", 7))));
            LedgerClient.replayed(CAMEL.send(option, LEDGER.sample(Map.of("order", 7))));
            LedgerClient.made(CAMEL.send(option, LEDGER.sample(Map.of("order", 8))));
            isReuseOf(option);
        }

        private void isReuseOf(String option) {
            CAMEL.send(option, LEDGER.sample(Map.of("order", 7, Hh1Constants.PROMPT, "snow")))
                    .failure(KeyReuseException.class);
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }

        /** Each is one request for order 7, whichever spelling asked for it. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "${header.order}",
                    "$simple{header.order}",
                    "RAW(${header.order})",
                })
        void isTheSameInEverySpelling(String key) {
            String uri = "hh1:generate?requestKey=" + key;
            CAMEL.context().getPropertiesComponent().addOverrideProperty("order.key", key);
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:to").to(uri);
                    from("direct:toD").toD(uri);
                    from("direct:placeholder").to("hh1:generate?requestKey={{order.key}}");
                }
            });
            LedgerClient.made(CAMEL.sendTo("direct:to", LEDGER.sample(Map.of("order", 7))));
            for (String other : List.of("direct:toD", "direct:placeholder")) {
                LedgerClient.replayed(CAMEL.sendTo(other, LEDGER.sample(Map.of("order", 7))));
            }
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        /** As a Spring application reads an endpoint from its XML or its properties. */
        @Test
        void isLeftAloneBySpringsPlaceholdersWhenItIsWrittenAsSimple() {
            var spring = new StandardEnvironment();
            spring.getPropertySources().addFirst(new MapPropertySource("test", Map.of("prompt", "rain")));
            String uri = spring.resolveRequiredPlaceholders(
                    "hh1:generate?prompt=${prompt}&requestKey=$simple{header.order}");
            LedgerClient.made(CAMEL.sendTo(uri, LEDGER.sample(Map.of("order", 7))));
            LedgerClient.replayed(CAMEL.sendTo(uri, LEDGER.sample(Map.of("order", 7))));
            assertThat(CAMEL.simulator().requests().get(0).json().toString()).contains("rain");
            assertThatThrownBy(() -> spring.resolveRequiredPlaceholders("hh1:generate?requestKey=${header.order}"))
                    .hasMessageContaining("header.order");
        }

        @Test
        void aBlankResultIsAnErrorThoughAnUpstreamIdIsThere() {
            CAMEL.refused(
                    "requestKey=RAW(${header.order})",
                    CAMEL.simulator().sampleImageUrl(),
                    Map.of("order", " ", "JMSMessageID", "ID:1"));
            assertThat(CAMEL.posts()).isZero();
        }
    }
}
