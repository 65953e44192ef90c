package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 26: the ledger fails at each of its writes, and works again. Here its file is taken away and put back. */
class LedgerFaultsTest {
    /** How often a ledger is looked at that nobody uses. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void open() {
        file = directory.resolve("hh1.db");
        CAMEL.restart(component -> component.setLedger(Ledgers.of("jdbc:sqlite:" + file)));
        // The first who needs it opens it.
        assertThat(runs("COMPLETED")).isEmpty();
    }

    private Path away() {
        return directory.resolve("away.db");
    }

    private void takeAway() {
        move(file, away());
    }

    private void putBack() {
        move(away(), file);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a readiness probe sees it, where nobody set anything. */
    private static HealthCheck.Result health() {
        return HealthCheckHelper.invokeReadiness(CAMEL.context(), "full").stream()
                .filter(result -> result.getCheck().getId().equals("hh1-ledger"))
                .findFirst()
                .orElseThrow();
    }

    private static List<?> runs(String state) {
        return (List<?>)
                CAMEL.sendTo("hh1:runs", exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_STATE, state))
                        .end()
                        .getMessage()
                        .getBody();
    }

    private static void isNotSentAndNotPaid(SentMessage sent) {
        var failure = sent.failure(NotSentException.class);
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure).hasMessageContaining("ledger").hasMessageContaining("Put that very file back");
        assertThat(CAMEL.posts()).isZero();
    }

    @Nested
    class WhenItCannotBeClaimed {
        @Test
        void row26nothingIsSentAndHealthSaysWhyUntilItWorksAgain() {
            assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
            takeAway();
            isNotSentAndNotPaid(CAMEL.send(""));
            assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health().getMessage())
                    .hasValueSatisfying(message ->
                            assertThat(message).contains("nothing is sent").contains(file.toString()));
            putBack();
            assertThat(CAMEL.send("").video()).isNotEmpty();
            assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(runs("COMPLETED")).hasSize(1);
        }

        @Test
        void row26healthAndTheLogSayItWhenNoMessageComesToo() {
            try (CapturedLog log = CapturedLog.start()) {
                takeAway();
                CAMEL.letTimersRing(LOOK);
                await().atMost(TestContext.LIMIT)
                        .untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN));
                isNotSentAndNotPaid(CAMEL.send(""));
                isNotSentAndNotPaid(CAMEL.send(""));
                putBack();
                CAMEL.letTimersRing(LOOK);
                await().atMost(TestContext.LIMIT)
                        .untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.UP));
                await().atMost(TestContext.LIMIT)
                        .untilAsserted(() -> assertThat(log.text()).contains("works again"));
                assertThat(log.text().lines().filter(line -> line.contains("does not work")))
                        .singleElement()
                        .asString()
                        .contains("ERROR", "nothing is sent", "Put that very file back");
                assertThat(log.text().lines().filter(line -> line.contains("works again")))
                        .singleElement()
                        .asString()
                        .contains("INFO");
            }
        }

        @Test
        void aProcessIsNotEndedForIt() {
            takeAway();
            isNotSentAndNotPaid(CAMEL.send(""));
            assertThat(HealthCheckHelper.invokeLiveness(CAMEL.context(), "full"))
                    .noneMatch(result -> result.getCheck().getId().contains("ledger"));
            putBack();
        }

        @Test
        void anOperatorIsToldSo() {
            takeAway();
            var failure = CAMEL.sendTo("hh1:runs", exchange -> {}).failure(NotSentException.class);
            assertThat(failure).hasMessageContaining("Nothing was changed");
            putBack();
        }
    }

    @Nested
    class WhenItCannotSaySent {
        @Test
        void row26nothingIsSentAndTheClaimIsGivenUpOnceItWorksAgain() {
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:stage").process(exchange -> {
                        String name = exchange.getMessage().getHeader(Hh1Constants.IMAGE_NAME, String.class);
                        byte[] image = exchange.getMessage().getBody(byte[].class);
                        exchange.getMessage().setBody(CAMEL.simulator().serve(name, image));
                        takeAway();
                    });
                }
            });
            isNotSentAndNotPaid(CAMEL.send(
                    "stagingUri=direct:stage", exchange -> exchange.getMessage().setBody(Images.png())));
            putBack();
            await().atMost(TestContext.LIMIT)
                    .untilAsserted(() -> assertThat(runs("CLAIMED")).isEmpty());
            assertThat(runs("SENT")).isEmpty();
        }
    }

    @Nested
    class WhenItCannotBeSettled {
        private final CompletableFuture<Void> gate = new CompletableFuture<>();

        private SentMessage inFlight(Reply reply) {
            CAMEL.simulator().script(reply.heldUntil(gate));
            SentMessage sent = CAMEL.send("", WhenItCannotBeSettled::message);
            await().until(() -> CAMEL.simulator().inFlight() == 1);
            return sent;
        }

        private static void message(Exchange exchange) {
            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
            exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "one");
        }

        @Test
        void row26theVideoReachesTheRouteAndTheLedgerLater() {
            SentMessage sent = inFlight(Reply.completed());
            try (CapturedLog log = CapturedLog.start()) {
                takeAway();
                gate.complete(null);
                assertThat(sent.video()).isNotEmpty();
                String runId = sent.end().getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
                assertThat(log.text().lines().filter(line -> line.contains("ERROR") && line.contains(runId)))
                        .hasSize(1);
                assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);

                // Known here, if not in the ledger: whoever asks for the same again gets it, and it is not paid again.
                Exchange again = CAMEL.send("", WhenItCannotBeSettled::message).end();
                assertThat(again.getException()).isNull();
                assertThat(again.getMessage().getHeader(Hh1Constants.REPLAYED)).isEqualTo(true);

                putBack();
                await().atMost(TestContext.LIMIT).until(() -> runs("COMPLETED").size() == 1);
                assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
            }
            assertThat(CAMEL.posts()).isEqualTo(1);
        }

        @Test
        void row26aRefusalReachesTheRouteAndTheKeyIsFreeOnceItIsWritten() {
            SentMessage sent = inFlight(Reply.error(402, 2021, "Insufficient AI Gateway credits"));
            takeAway();
            gate.complete(null);
            assertThat(sent.end().getException()).hasMessageContaining("Insufficient");
            putBack();
            await().atMost(TestContext.LIMIT).until(() -> runs("REJECTED").size() == 1);
            // The row is there a moment before this JVM knows it: a message of that moment joins the refusal.
            await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(
                            CAMEL.send("", WhenItCannotBeSettled::message).video())
                    .isNotEmpty());
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void row26whatIsStillUnwrittenWhenTheComponentStopsIsWrittenThen() {
            SentMessage sent = inFlight(Reply.completed());
            takeAway();
            gate.complete(null);
            sent.video();
            putBack();
            CAMEL.restart(component -> {});
            assertThat(runs("COMPLETED")).singleElement().satisfies(run -> assertThat(((Map<?, ?>) run).get("key"))
                    .isEqualTo("one"));
        }
    }
}
