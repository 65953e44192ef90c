package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaComponent;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 40: sources that the component does not know by itself, and what is said of messages without an id. */
class UpstreamIdHeadersTest {
    private static final String OPTION = "upstreamIdHeaders=X-Order, X-Line";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    private static void send(String option, Map<String, ?> headers, int chargesAfter) {
        CAMEL.send(option, LEDGER.sample(headers)).video();
        assertThat(CAMEL.simulator().charges()).isEqualTo(chargesAfter);
    }

    @Nested
    class TheNamedHeaders {
        @Test
        void identifyAMessageTogether() {
            for (int delivery = 1; delivery <= 3; delivery++) {
                send(OPTION, Map.of("X-Order", 7, "X-Line", 1), 1);
            }
            send(OPTION, Map.of("X-Order", 7, "X-Line", 2), 2);
            send(OPTION, Map.of("X-Order", 7), 3);
            send(OPTION, Map.of("X-Line", 7), 4);
            send(OPTION, Map.of("X-Order", "7"), 4);
        }

        @Test
        void comeBeforeWhatIsKnownByItself() {
            send(OPTION, Map.of("X-Order", 7, "JMSMessageID", "ID:1"), 1);
            send(OPTION, Map.of("X-Order", 7, "JMSMessageID", "ID:a-retry-queue-made-this"), 1);
        }

        @Test
        void leaveTheOthersWhereNoneIsSet() {
            for (int delivery = 1; delivery <= 3; delivery++) {
                send(OPTION, Map.of("X-Order", " ", "JMSMessageID", "ID:1"), 1);
            }
        }

        @Test
        void comeAfterAKey() {
            send(OPTION, Map.of("X-Order", 7, "CamelHh1RequestKey", "one"), 1);
            send(OPTION, Map.of("X-Order", 8, "CamelHh1RequestKey", "one"), 1);
        }

        @Test
        void mayBeBytes() {
            byte[] text = "7".getBytes(StandardCharsets.UTF_8);
            send(OPTION, Map.of("X-Order", text), 1);
            send(OPTION, Map.of("X-Order", "7"), 1);
            send(OPTION, Map.of("X-Order", new byte[] {1, -1}), 2);
            send(OPTION, Map.of("X-Order", new byte[] {1, -1}), 2);
        }

        @Test
        void areRefusedWhereTheyAreNoText() {
            assertThat(CAMEL.refused(OPTION, CAMEL.simulator().sampleImageUrl(), Map.of("X-Order", new Object()))
                            .violations())
                    .singleElement()
                    .asString()
                    .startsWith("upstreamIdHeaders: ")
                    .contains("X-Order", "java.lang.Object");
        }

        @Test
        void mayBeSaidOnceForAllEndpoints() {
            CAMEL.options(options -> options.setUpstreamIdHeaders("X-Order"));
            send("", Map.of("X-Order", 7), 1);
            send("", Map.of("X-Order", 7), 1);
        }

        @ParameterizedTest
        @ValueSource(strings = {" ", "a,,b", "a,"})
        void mustBeNames(String option) {
            assertThatThrownBy(() -> CAMEL.send("upstreamIdHeaders=RAW(" + option + ")"))
                    .hasStackTraceContaining("upstreamIdHeaders must name headers");
        }
    }

    @Nested
    class AMessageThatComesAgainAfterRestarts {
        @TempDir
        private Path directory;

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CamelAwsSqsMessageId",
                    "CamelGooglePubsubMessageId",
                    "CamelAzureServiceBusMessageId",
                    "CamelSpringRabbitmqMessageId",
                    "X-Order"
                })
        void isPaidOnce(String header) {
            for (int delivery = 1; delivery <= 3; delivery++) {
                LEDGER.ledgerIn(directory.resolve("hh1.db"));
                send("upstreamIdHeaders=X-Order", Map.of(header, "7f3a"), 1);
            }
            send("upstreamIdHeaders=X-Order", Map.of(header, "7f3b"), 2);
        }
    }

    /** A step that sends the message to a queue leaves the id of what it sent. */
    @Test
    void anIdThatARepeatedStepMakesAnewIsNoOtherMessage() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:audited")
                        .setHeader(
                                "CamelAwsSqsMessageId", () -> UUID.randomUUID().toString())
                        .to("hh1:generate")
                        .process(exchange -> {
                            throw new IllegalArgumentException("a later step failed");
                        });
            }
        });
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0));
                from("direct:caller").to("direct:audited");
            }
        });
        CAMEL.sendTo("direct:caller", LEDGER.sample(Map.of())).failure(IllegalArgumentException.class);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    /** The id of a received message takes precedence over the id of a message that was sent on the way. */
    @Test
    void anIdThatOnlyASenderSetIsNotPreferred() {
        for (String sent : List.of("a", "b", "c")) {
            send("", Map.of("CamelAzureServiceBusMessageId", "1", "CamelAwsSqsMessageId", sent), 1);
        }
        for (String delivery : List.of("a", "b", "c")) {
            send(
                    "",
                    Map.of(
                            "CamelAwsSqsMessageId",
                            "1",
                            "CamelAwsSqsReceiptHandle",
                            delivery,
                            "CamelAwsS3BucketName",
                            "photos",
                            "CamelAwsS3Key",
                            delivery),
                    2);
        }
    }

    @Nested
    class TheWarningOfAKeyThatARestartLoses {
        @TempDir
        private Path directory;

        private final List<Exchange> ended = new CopyOnWriteArrayList<>();

        private String said(String consumer, Map<String, Object> headers, boolean durable) {
            try (var log = CapturedLog.start()) {
                if (durable) {
                    LEDGER.ledgerIn(directory.resolve("hh1.db"));
                }
                CAMEL.context().addComponent("broker", new SedaComponent());
                CAMEL.add(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(consumer).to("hh1:generate").process(ended::add);
                    }
                });
                for (int message = 1; message <= 3; message++) {
                    CAMEL.sendTo(consumer, LEDGER.sample(headers)).end();
                }
                await().atMost(TestContext.LIMIT).until(() -> ended.size() == 3);
                CAMEL.context().getRouteController().stopAllRoutes();
                return log.text();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void isGivenOnceAndSaysWhatToDo() {
            assertThat(said("broker:in?pollTimeout=20", Map.of(), true)
                            .lines()
                            .filter(line -> line.contains("has no id")))
                    .singleElement()
                    .asString()
                    .contains(
                            "WARN",
                            "broker",
                            "paid again",
                            "CamelHh1RequestKey",
                            "option requestKey",
                            "upstreamIdHeaders");
        }

        @Test
        void isNotGivenForAMessageWithAnId() {
            assertThat(said("broker:in?pollTimeout=20", Map.of("JMSMessageID", "ID:1"), true))
                    .doesNotContain("has no id");
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void isNotGivenForAMessageThatNobodyDeliversAgain() {
            assertThat(said("direct:in", Map.of(), true)).doesNotContain("has no id");
        }

        @Test
        void isNotGivenWhereTheLedgerForgetsAnyway() {
            assertThat(said("broker:in?pollTimeout=20", Map.of(), false)).doesNotContain("has no id");
        }
    }
}
