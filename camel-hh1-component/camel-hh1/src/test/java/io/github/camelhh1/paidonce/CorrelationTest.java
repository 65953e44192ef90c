package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
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
    static final Bench BENCH = new Bench();

    private static final Desk DESK = new Desk(BENCH);

    private static Map<String, Object> message(String key, Object correlation) {
        return Map.of(Hh1Constants.REQUEST_KEY, key, "photo", "p-7", Hh1Constants.CORRELATION, correlation);
    }

    private static Map<String, Object> message(String key) {
        return Map.of(Hh1Constants.REQUEST_KEY, key, "photo", "p-7");
    }

    private static void isKept(String correlation) {
        assertThat(DESK.runs()).singleElement().satisfies(run -> assertThat(run)
                .containsEntry("correlation", correlation));
    }

    private static void isRefused(Object value, String... said) {
        var failure = BENCH.send("", DESK.sample(message("bad", value))).failure(InvalidRequestException.class);
        assertThat(failure.violations()).singleElement().asString().contains(said);
        assertThat(BENCH.posts()).isZero();
        assertThat(DESK.runs()).isEmpty();
    }

    @Nested
    class OfTheHeader {
        static List<Object> values() {
            return List.of("order 7", LONGEST, 7, "bytes".getBytes(StandardCharsets.UTF_8), "a\nb");
        }

        @ParameterizedTest
        @MethodSource("values")
        void isKeptWithTheRunAsText(Object value) {
            Desk.made(BENCH.send("", DESK.sample(message("one", value))));
            isKept(value instanceof byte[] ? "bytes" : value.toString());
        }

        @Test
        void winsOverTheOption() {
            Desk.made(BENCH.send("correlation=RAW(${header.photo})", DESK.sample(message("one", "mine"))));
            isKept("mine");
        }

        @Test
        void isNoPartOfTheRequest() {
            Desk.made(BENCH.send("", DESK.sample(message("one", "first"))));
            Desk.replayed(BENCH.send("", DESK.sample(message("one", "second"))));
            isKept("first");
            Map<String, Object> upstream = Map.of("JMSMessageID", "ID:1", Hh1Constants.CORRELATION, "a");
            Desk.made(BENCH.send("", DESK.sample(upstream)));
            Desk.replayed(BENCH.send("", DESK.jms("ID:1")));
        }

        @Test
        void staysOnTheMessageAndDoesNotReachTheService() {
            var video = Desk.made(BENCH.send("", DESK.sample(message("one", "secret-order"))));
            assertThat(video.getHeader(Hh1Constants.CORRELATION)).isEqualTo("secret-order");
            assertThat(BENCH.simulator().requests().get(0).json().toString()).doesNotContain("secret-order");
            assertThat(BENCH.simulator().requests().get(0).headers().toString()).doesNotContain("secret-order");
        }

        @Test
        void isThatOfTheLastClaimAfterARefusal() {
            BENCH.simulator().script(Reply.error(402, 2021, "Insufficient AI Gateway credits"));
            BENCH.send("", DESK.sample(message("one", "first"))).failure(RejectedException.class);
            Desk.made(BENCH.send("", DESK.sample(message("one", "second"))));
            isKept("second");
        }

        @Test
        void staysThatOfTheFirstClaimWhereItsOutcomeIsUnknown() {
            BENCH.simulator().script(Fault.closeAfterRequest());
            BENCH.send("", DESK.sample(message("one", "first"))).failure(OutcomeUnknownException.class);
            Desk.made(BENCH.send("onUnknown=resend", DESK.sample(message("one", "second"))));
            isKept("first");
        }

        @Test
        void isAbsentWhenItIsBlank() {
            Desk.made(BENCH.send("", DESK.sample(message("one", " "))));
            assertThat(DESK.runs()).singleElement().satisfies(run -> assertThat(run)
                    .doesNotContainKey("correlation"));
        }

        @Test
        void survivesARestart(@TempDir Path folder) {
            DESK.ledgerIn(folder.resolve("hh1.db"));
            Desk.made(BENCH.send("", DESK.sample(message("one", "order 7"))));
            DESK.ledgerIn(folder.resolve("hh1.db"));
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
            BENCH.sendTo("hh1:estimate", DESK.sample(message("one", "x".repeat(2000))))
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
            BENCH.context().getPropertiesComponent().addOverrideProperty("photo.text", expression);
            BENCH.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:to").to(uri);
                    from("direct:toD").toD(uri);
                    from("direct:placeholder").to("hh1:generate?correlation={{photo.text}}");
                }
            });
            for (String route : List.of("direct:to", "direct:toD", "direct:placeholder")) {
                Desk.made(BENCH.sendTo(route, DESK.sample(message(route))));
            }
            assertThat(DESK.runs()).hasSize(3).allSatisfy(run -> assertThat(run).containsEntry("correlation", "p-7"));
        }

        /** As a Spring application reads an endpoint from its XML or its properties. */
        @Test
        void isLeftAloneBySpringsPlaceholdersWhenItIsWrittenAsSimple() {
            String uri = new StandardEnvironment()
                    .resolveRequiredPlaceholders("hh1:generate?correlation=$simple{header.photo}");
            Desk.made(BENCH.sendTo(uri, DESK.sample(message("one"))));
            isKept("p-7");
        }

        @Test
        void ofTheComponentHoldsForEndpointsWithoutOne() {
            BENCH.options(options -> options.setCorrelation("$simple{header.photo}"));
            Desk.made(BENCH.send("", DESK.sample(message("one"))));
            isKept("p-7");
        }

        @Test
        void thatFailsForAMessageIsRefusedByName() {
            var failure = BENCH.send("correlation=RAW(${header.photo.nothing})", DESK.sample(message("one")))
                    .failure(InvalidRequestException.class);
            assertThat(failure.violations())
                    .singleElement()
                    .asString()
                    .contains("correlation: the expression cannot be evaluated", "set the header CamelHh1Correlation");
            assertThat(BENCH.posts()).isZero();
        }
    }
}
