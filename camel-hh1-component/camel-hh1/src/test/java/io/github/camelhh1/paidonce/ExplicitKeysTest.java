package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.Retry;
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
    static final Bench BENCH = new Bench();

    private static final Desk DESK = new Desk(BENCH);

    private static void isReuse(Sent sent) {
        var failure = sent.failure(KeyReuseException.class);
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(BENCH.posts()).isEqualTo(1);
    }

    @Nested
    class Row25AnotherRequestUnderTheKey {
        @Test
        void isRefusedOnceTheFirstIsMade() {
            Desk.made(BENCH.send("", DESK.keyed("one", "rain")));
            isReuse(BENCH.send("", DESK.keyed("one", "snow")));
            isReuse(BENCH.send("duration=5", DESK.keyed("one", "rain")));
            Desk.replayed(BENCH.send("", DESK.keyed("one", "rain")));
        }

        @Test
        void isRefusedWhileTheFirstRuns() {
            var gate = new CompletableFuture<Void>();
            BENCH.simulator().script(Reply.completed().heldUntil(gate));
            Sent first = BENCH.send("", DESK.keyed("one", "rain"));
            await().until(() -> BENCH.simulator().inFlight() == 1);
            isReuse(BENCH.send("", DESK.keyed("one", "snow")));
            gate.complete(null);
            Desk.made(first);
        }

        @Test
        void isRefusedWhileTheFirstIsHeld() {
            BENCH.simulator().script(Fault.closeAfterRequest());
            BENCH.send("", DESK.keyed("one", "rain")).failure(OutcomeUnknownException.class);
            isReuse(BENCH.send("", DESK.keyed("one", "snow")));
            isReuse(BENCH.send("onUnknown=resend&maxPaidAttempts=3", DESK.keyed("one", "snow")));
            assertThat(DESK.runs("UNKNOWN")).hasSize(1);
        }

        @Test
        void isFreeOnceTheFirstIsRejected() {
            BENCH.simulator().script(NO_CREDIT);
            BENCH.send("", DESK.keyed("one", "rain")).failure(RejectedException.class);
            Desk.made(BENCH.send("", DESK.keyed("one", "snow")));
            BENCH.send("", DESK.keyed("one", "rain")).failure(KeyReuseException.class);
            assertThat(BENCH.simulator().charges("snow")).isEqualTo(1);
        }

        @Test
        void isFreeOnceTheFirstIsForgotten() {
            BENCH.simulator().script(Fault.closeAfterRequest());
            String runId = BENCH.send("", DESK.keyed("one", "rain"))
                    .failure(OutcomeUnknownException.class)
                    .runId();
            DESK.forget(runId).video();
            Desk.made(BENCH.send("", DESK.keyed("one", "snow")));
            DESK.forget(runId).video();
            Desk.made(BENCH.send("", DESK.keyed("one", "hail")));
            assertThat(DESK.runs()).hasSize(1);
        }

        @Test
        void isAnotherRunUnderAnotherKey() {
            Desk.made(BENCH.send("", DESK.keyed("one", "rain")));
            Desk.made(BENCH.send("", DESK.keyed("two", "rain")));
            assertThat(DESK.runs()).extracting(run -> run.get("runId")).doesNotHaveDuplicates();
            assertThat(BENCH.simulator().charges()).isEqualTo(2);
        }
    }

    @Nested
    class Row26bAfterATopUp {
        private void theSameMessageIsSentAgainAndPaidOnce(Processor message) {
            BENCH.simulator().script(NO_CREDIT);
            BENCH.send("", message).failure(RejectedException.class);
            assertThat(DESK.runs("REJECTED")).hasSize(1);
            Desk.made(BENCH.send("", message));
            assertThat(DESK.runs()).singleElement().satisfies(run -> assertThat(run)
                    .containsEntry("state", "COMPLETED")
                    .containsEntry("paidAttempts", 1));
            Desk.replayed(BENCH.send("", message));
            assertThat(BENCH.posts()).isEqualTo(2);
            assertThat(BENCH.simulator().charges()).isEqualTo(1);
        }

        @Test
        void aMessageOfAKeyIsSentOnce() {
            theSameMessageIsSentAgainAndPaidOnce(DESK.keyed("one"));
        }

        @Test
        void aMessageOfAnUpstreamIdIsSentOnce() {
            theSameMessageIsSentAgainAndPaidOnce(DESK.jms("ID:1"));
        }

        @Test
        void aMessageOfNoIdIsSentOnceByARedelivery() {
            BENCH.simulator().script(NO_CREDIT);
            BENCH.add(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(RejectedException.class).maximumRedeliveries(1).redeliveryDelay(0);
                    from("direct:poor").to("hh1:generate");
                }
            });
            Desk.made(BENCH.sendTo("direct:poor", DESK.sample(Map.of())));
            assertThat(DESK.runs()).hasSize(1);
            assertThat(BENCH.simulator().charges()).isEqualTo(1);
        }
    }

    @Nested
    class ByTheOption {
        @Test
        void anExpressionNamesTheRequest() {
            String option = "requestKey=RAW(${header.order})";
            Desk.made(BENCH.send(option, DESK.sample(Map.of("order", 7))));
            Desk.replayed(BENCH.send(option, DESK.sample(Map.of("order", 7))));
            Desk.made(BENCH.send(option, DESK.sample(Map.of("order", 8))));
            isReuseOf(option);
        }

        private void isReuseOf(String option) {
            BENCH.send(option, DESK.sample(Map.of("order", 7, Hh1Constants.PROMPT, "snow")))
                    .failure(KeyReuseException.class);
            assertThat(BENCH.simulator().charges()).isEqualTo(2);
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
            BENCH.context().getPropertiesComponent().addOverrideProperty("order.key", key);
            BENCH.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:to").to(uri);
                    from("direct:toD").toD(uri);
                    from("direct:placeholder").to("hh1:generate?requestKey={{order.key}}");
                }
            });
            Desk.made(BENCH.sendTo("direct:to", DESK.sample(Map.of("order", 7))));
            for (String other : List.of("direct:toD", "direct:placeholder")) {
                Desk.replayed(BENCH.sendTo(other, DESK.sample(Map.of("order", 7))));
            }
            assertThat(BENCH.simulator().charges()).isEqualTo(1);
        }

        /** As a Spring application reads an endpoint from its XML or its properties. */
        @Test
        void isLeftAloneBySpringsPlaceholdersWhenItIsWrittenAsSimple() {
            var spring = new StandardEnvironment();
            spring.getPropertySources().addFirst(new MapPropertySource("test", Map.of("prompt", "rain")));
            String uri = spring.resolveRequiredPlaceholders(
                    "hh1:generate?prompt=${prompt}&requestKey=$simple{header.order}");
            Desk.made(BENCH.sendTo(uri, DESK.sample(Map.of("order", 7))));
            Desk.replayed(BENCH.sendTo(uri, DESK.sample(Map.of("order", 7))));
            assertThat(BENCH.simulator().requests().get(0).json().toString()).contains("rain");
            assertThatThrownBy(() -> spring.resolveRequiredPlaceholders("hh1:generate?requestKey=${header.order}"))
                    .hasMessageContaining("header.order");
        }

        @Test
        void aBlankResultIsAnErrorThoughAnUpstreamIdIsThere() {
            BENCH.refused(
                    "requestKey=RAW(${header.order})",
                    BENCH.simulator().sampleImageUrl(),
                    Map.of("order", " ", "JMSMessageID", "ID:1"));
            assertThat(BENCH.posts()).isZero();
        }
    }
}
