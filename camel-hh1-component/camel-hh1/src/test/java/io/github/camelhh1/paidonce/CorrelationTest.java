package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;

/** The sender's own text stays with the run, and changes nothing about the request. */
class CorrelationTest {
    private static final String LONGEST = "x".repeat(1000);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    private static Map<String, Object> message(String key, Object correlation) {
        return Map.of(Hh1Constants.REQUEST_KEY, key, "photo", "p-7", Hh1Constants.CORRELATION, correlation);
    }

    private static Map<String, Object> message(String key) {
        return Map.of(Hh1Constants.REQUEST_KEY, key, "photo", "p-7");
    }

    private static void isKept(String correlation) {
        assertThat(LEDGER.runs()).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("correlation", correlation));
    }

    private static void isRefused(Object value, String... said) {
        var failure = CAMEL.send("", LEDGER.sample(message("bad", value))).failure(InvalidRequestException.class);
        assertThat(failure.violations()).singleElement().asString().contains(said);
        assertThat(CAMEL.posts()).isZero();
        assertThat(LEDGER.runs()).isEmpty();
    }

    @Nested
    class OfTheHeader {
        static List<Object> values() {
            return List.of("order 7", LONGEST, 7, "bytes".getBytes(StandardCharsets.UTF_8), "a\nb");
        }

        @ParameterizedTest
        @MethodSource("values")
        void isKeptWithTheRunAsText(Object value) {
            LedgerClient.made(CAMEL.send("", LEDGER.sample(message("one", value))));
            isKept(value instanceof byte[] ? "bytes" : value.toString());
        }

        @Test
        void winsOverTheOption() {
            LedgerClient.made(CAMEL.send("correlation=RAW(${header.photo})", LEDGER.sample(message("one", "mine"))));
            isKept("mine");
        }

        @Test
        void isNoPartOfTheRequest() {
            LedgerClient.made(CAMEL.send("", LEDGER.sample(message("one", "first"))));
            LedgerClient.replayed(CAMEL.send("", LEDGER.sample(message("one", "second"))));
            isKept("first");
            Map<String, Object> upstream = Map.of("JMSMessageID", "ID:1", Hh1Constants.CORRELATION, "a");
            LedgerClient.made(CAMEL.send("", LEDGER.sample(upstream)));
            LedgerClient.replayed(CAMEL.send("", LEDGER.jms("ID:1")));
        }

        @Test
        void staysOnTheMessageAndDoesNotReachTheService() {
            var video = LedgerClient.made(CAMEL.send("", LEDGER.sample(message("one", "secret-order"))));
            assertThat(video.getHeader(Hh1Constants.CORRELATION)).isEqualTo("secret-order");
            assertThat(CAMEL.simulator().requests().get(0).json().toString()).doesNotContain("secret-order");
            assertThat(CAMEL.simulator().requests().get(0).headers().toString()).doesNotContain("secret-order");
        }

        @Test
        void isThatOfTheLastClaimAfterARefusal() {
            CAMEL.simulator().script(Reply.error(402, 2021, "Insufficient AI Gateway credits"));
            CAMEL.send("", LEDGER.sample(message("one", "first"))).failure(RejectedException.class);
            LedgerClient.made(CAMEL.send("", LEDGER.sample(message("one", "second"))));
            isKept("second");
        }

        @Test
        void staysThatOfTheFirstClaimWhereItsOutcomeIsUnknown() {
            CAMEL.simulator().script(Fault.closeAfterRequest());
            CAMEL.send("", LEDGER.sample(message("one", "first"))).failure(OutcomeUnknownException.class);
            LedgerClient.made(CAMEL.send("onUnknown=resend", LEDGER.sample(message("one", "second"))));
            isKept("first");
        }

        @Test
        void isAbsentWhenItIsBlank() {
            LedgerClient.made(CAMEL.send("", LEDGER.sample(message("one", " "))));
            assertThat(LEDGER.runs()).singleElement().satisfies(run -> assertThat(run)
                    .doesNotContainKey("correlation"));
        }

        @Test
        void survivesARestart(@TempDir Path folder) {
            LEDGER.ledgerIn(folder.resolve("hh1.db"));
            LedgerClient.made(CAMEL.send("", LEDGER.sample(message("one", "order 7"))));
            LEDGER.ledgerIn(folder.resolve("hh1.db"));
            isKept("order 7");
        }
    }

    @Nested
    class ThatCannotBeKept {
        @Test
        void isRefusedWhenItIsTooLong() {
            isRefused(
                    "x".repeat(2000),
                    "correlation: it has 2000 characters (from the header CamelHh1Correlation)",
                    "at most 1000 characters");
        }

        @Test
        void isRefusedWhenNoDatabaseTakesIt() {
            isRefused("a\0b", "without the character 0");
            isRefused("a\ud83d", "half a surrogate pair");
        }

        @Test
        void isRefusedWhenItIsNoText() {
            isRefused(List.of("a"), "correlation: the header CamelHh1Correlation holds");
        }

        @Test
        void isRefusedByEstimateToo() {
            CAMEL.sendTo("hh1:estimate", LEDGER.sample(message("one", "x".repeat(2000))))
                    .failure(InvalidRequestException.class);
        }
    }

    @Nested
    class OfTheOption {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "${header.photo}",
                    "$simple{header.photo}",
                    "RAW(${header.photo})",
                })
        void isTheSameInEverySpelling(String expression) {
            String uri = "hh1:generate?correlation=" + expression;
            CAMEL.context().getPropertiesComponent().addOverrideProperty("photo.text", expression);
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:to").to(uri);
                    from("direct:toD").toD(uri);
                    from("direct:placeholder").to("hh1:generate?correlation={{photo.text}}");
                }
            });
            for (String route : List.of("direct:to", "direct:toD", "direct:placeholder")) {
                LedgerClient.made(CAMEL.sendTo(route, LEDGER.sample(message(route))));
            }
            assertThat(LEDGER.runs()).hasSize(3).allSatisfy(run -> assertThat(run)
                    .containsEntry("correlation", "p-7"));
        }

        /** As a Spring application reads an endpoint from its XML or its properties. */
        @Test
        void isLeftAloneBySpringsPlaceholdersWhenItIsWrittenAsSimple() {
            String uri = new StandardEnvironment()
                    .resolveRequiredPlaceholders("hh1:generate?correlation=$simple{header.photo}");
            LedgerClient.made(CAMEL.sendTo(uri, LEDGER.sample(message("one"))));
            isKept("p-7");
        }

        @Test
        void ofTheComponentHoldsForEndpointsWithoutOne() {
            CAMEL.options(options -> options.setCorrelation("$simple{header.photo}"));
            LedgerClient.made(CAMEL.send("", LEDGER.sample(message("one"))));
            isKept("p-7");
        }

        @Test
        void thatFailsForAMessageIsRefusedByName() {
            var failure = CAMEL.send("correlation=RAW(${header.photo.nothing})", LEDGER.sample(message("one")))
                    .failure(InvalidRequestException.class);
            assertThat(failure.violations())
                    .singleElement()
                    .asString()
                    .contains("correlation: the expression cannot be evaluated", "set the header CamelHh1Correlation");
            assertThat(CAMEL.posts()).isZero();
        }
    }
}
