package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 22 and 32: the ledger after a stop, and after unexpected Errors. */
class StopAndErrorsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @BeforeEach
    void open() {
        LEDGER.restart(component -> {
            component.setLedger(Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")));
            component.setMaxInFlight(1);
        });
    }

    private SentMessage inFlight(String key) {
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        SentMessage sent = CAMEL.send("", LEDGER.keyed(key));
        await().until(() -> CAMEL.simulator().inFlight() == 1);
        return sent;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> runsAt(Node node) {
        return node.ask("hh1:runs", exchange -> {}).getMessage().getBody(List.class);
    }

    private Node next() throws Exception {
        return new Node(CAMEL, Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")));
    }

    @Nested
    class Row22AStopOfTheContext {
        @Test
        void pastItsTimeoutLeavesTheRunUnknownAndHeldAfterwards() throws Exception {
            CAMEL.context().getShutdownStrategy().setTimeout(1);
            SentMessage sent = inFlight("one");
            SentMessage waiting = CAMEL.send("", LEDGER.keyed("two"));

            CAMEL.context().stop();

            sent.failure(OutcomeUnknownException.class);
            assertThat(waiting.end().getException()).isNotNull();
            gate.complete(null);
            try (var next = next()) {
                assertThat(runsAt(next)).singleElement().satisfies(run -> assertThat(run)
                        .containsEntry("key", "one")
                        .containsEntry("state", "UNKNOWN"));
                Exchange held = next.send(LEDGER.keyed("one")).join();
                assertThat(held.getException(OutcomeUnknownException.class).held())
                        .isTrue();
                assertThat(next.send(LEDGER.keyed("two")).join().getException()).isNull();
            }
            assertThat(CAMEL.posts()).isEqualTo(2);
        }

        @Test
        void withinItsTimeoutWritesTheVideoDown() throws Exception {
            CAMEL.context().getShutdownStrategy().setTimeout(300);
            SentMessage sent = inFlight("one");
            var stop = new Thread(() -> CAMEL.context().stop());
            stop.start();
            await().until(() -> CAMEL.context().getStatus().isStopping());
            gate.complete(null);
            String video = sent.video();
            stop.join(TestContext.LIMIT.toMillis());
            assertThat(stop.isAlive()).isFalse();
            try (var next = next()) {
                Exchange again = next.send(LEDGER.keyed("one")).join();
                assertThat(again.getMessage().getBody()).isEqualTo(video);
                assertThat(again.getMessage().getHeader(Hh1Constants.REPLAYED)).isEqualTo(true);
            }
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }
    }

    static List<Error> errors() {
        return List.of(new AssertionError("no"), new StackOverflowError());
    }

    private static void raise(Error error) {
        throw error;
    }

    @Nested
    class Row32AnError {
        /** Camel itself does not end such an exchange, so it is in a context of its own. */
        @Test
        void afterGenerateCostsNoVideoAndNoPermit() throws Exception {
            var raised = new AtomicInteger();
            try (var node = next()) {
                node.then(exchange -> {
                    raised.incrementAndGet();
                    raise(new AssertionError("no"));
                });
                for (int i = 1; i <= 5; i++) {
                    node.send(LEDGER.keyed("one"));
                    int times = i;
                    await().atMost(TestContext.LIMIT).until(() -> raised.get() == times);
                }
                LedgerClient.replayed(CAMEL.send("", LEDGER.keyed("one")));
                assertThat(node.ask("hh1:generate", LEDGER.keyed("two")).getException())
                        .isNull();
            }
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }

        @ParameterizedTest
        @MethodSource("io.github.camelhh1.paidonce.StopAndErrorsTest#errors")
        void whileTheImageIsStagedReleasesClaimAndPermit(Error error) {
            var broken = new AtomicBoolean(true);
            var left = new AtomicReference<Exchange>();
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:stage").routeId("stage").process(exchange -> {
                        if (broken.getAndSet(false)) {
                            left.set(exchange);
                            raise(error);
                        }
                        exchange.getMessage()
                                .setBody(CAMEL.simulator()
                                        .serve("x.png", exchange.getMessage().getBody(byte[].class)));
                    });
                }
            });
            var options = "stagingUri=direct:stage&maxAttempts=1";
            SentMessage first = CAMEL.send(options, StopAndErrorsTest::photo);
            assertThat(first.end().getException()).isNotNull();
            assertThat(LEDGER.runs()).isEmpty();
            LedgerClient.made(CAMEL.send(options, StopAndErrorsTest::photo));
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
            // Camel itself does not end the exchange of the staging route.
            var inflight = CAMEL.context().getInflightRepository();
            inflight.remove(left.get());
            inflight.remove(left.get(), "stage");
        }

        @Test
        void inTheCallbackLeavesTheOthersAlone() throws Exception {
            var producer = CAMEL.context().getEndpoint("hh1:generate").createAsyncProducer();
            producer.start();
            for (int i = 0; i < 5; i++) {
                Exchange exchange = producer.getEndpoint().createExchange();
                LEDGER.keyed("one").process(exchange);
                var called = new CompletableFuture<Void>();
                producer.process(exchange, done -> {
                    called.complete(null);
                    raise(new AssertionError("of the caller"));
                });
                called.get(60, TimeUnit.SECONDS);
            }
            producer.stop();
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("two")));
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }
    }

    private static void photo(Exchange exchange) {
        exchange.getMessage().setBody(Images.png());
        exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "one");
    }

    @Nested
    class Row32AnInterrupt {
        @Test
        void ofAWaitingCallerDoesNotLoseTheVideo() throws Exception {
            CAMEL.simulator().script(Reply.completed().heldUntil(gate));
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:one").to("hh1:generate");
                }
            });
            var template = CAMEL.context().createProducerTemplate();
            var caller = new Thread(() -> template.send("direct:one", LEDGER.keyed("one")));
            caller.start();
            await().until(() -> CAMEL.simulator().inFlight() == 1);
            caller.interrupt();
            gate.complete(null);
            caller.join(TestContext.LIMIT.toMillis());
            assertThat(caller.isAlive()).isFalse();
            LedgerClient.replayed(CAMEL.send("", LEDGER.keyed("one")));
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("two")));
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }

        @Test
        void thatIsPendingWhenTheMessageComesClaimsCleanlyOrNotAtAll() {
            Thread.currentThread().interrupt();
            SentMessage sent = CAMEL.send("", LEDGER.keyed("one"));
            assertThat(Thread.interrupted()).isTrue();
            sent.end();
            CAMEL.send("", LEDGER.keyed("one")).video();
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }
    }
}
