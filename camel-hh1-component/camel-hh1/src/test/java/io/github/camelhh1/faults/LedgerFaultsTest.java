package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.CapturedLog;
import io.github.camelhh1.bench.Images;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
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
    static final Bench BENCH = new Bench();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void open() {
        file = directory.resolve("hh1.db");
        BENCH.restart(component -> component.setLedger(Ledgers.of("jdbc:sqlite:" + file)));
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
        return HealthCheckHelper.invokeReadiness(BENCH.context(), "full").stream()
                .filter(result -> result.getCheck().getId().equals("hh1-ledger"))
                .findFirst()
                .orElseThrow();
    }

    private static List<?> runs(String state) {
        return (List<?>)
                BENCH.sendTo("hh1:runs", exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_STATE, state))
                        .end()
                        .getMessage()
                        .getBody();
    }

    private static void isNotSentAndNotPaid(Sent sent) {
        var failure = sent.failure(NotSentException.class);
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure).hasMessageContaining("ledger").hasMessageContaining("Put that very file back");
        assertThat(BENCH.posts()).isZero();
    }

    @Nested
    class WhenItCannotBeClaimed {
        @Test
        void row26nothingIsSentAndHealthSaysWhyUntilItWorksAgain() {
            assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
            takeAway();
            isNotSentAndNotPaid(BENCH.send(""));
            assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health().getMessage())
                    .hasValueSatisfying(message ->
                            assertThat(message).contains("nothing is sent").contains(file.toString()));
            putBack();
            assertThat(BENCH.send("").video()).isNotEmpty();
            assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(runs("COMPLETED")).hasSize(1);
        }

        @Test
        void row26healthAndTheLogSayItWhenNoMessageComesToo() {
            try (CapturedLog log = CapturedLog.start()) {
                takeAway();
                BENCH.letTimersRing(LOOK);
                await().atMost(Bench.LIMIT)
                        .untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN));
                isNotSentAndNotPaid(BENCH.send(""));
                isNotSentAndNotPaid(BENCH.send(""));
                putBack();
                BENCH.letTimersRing(LOOK);
                await().atMost(Bench.LIMIT)
                        .untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.UP));
                await().atMost(Bench.LIMIT)
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
            isNotSentAndNotPaid(BENCH.send(""));
            assertThat(HealthCheckHelper.invokeLiveness(BENCH.context(), "full"))
                    .noneMatch(result -> result.getCheck().getId().contains("ledger"));
            putBack();
        }

        @Test
        void anOperatorIsToldSo() {
            takeAway();
            var failure = BENCH.sendTo("hh1:runs", exchange -> {}).failure(NotSentException.class);
            assertThat(failure).hasMessageContaining("Nothing was changed");
            putBack();
        }
    }

    @Nested
    class WhenItCannotSaySent {
        @Test
        void row26nothingIsSentAndTheClaimIsGivenUpOnceItWorksAgain() {
            BENCH.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:stage").process(exchange -> {
                        String name = exchange.getMessage().getHeader(Hh1Constants.IMAGE_NAME, String.class);
                        byte[] image = exchange.getMessage().getBody(byte[].class);
                        exchange.getMessage().setBody(BENCH.simulator().serve(name, image));
                        takeAway();
                    });
                }
            });
            isNotSentAndNotPaid(BENCH.send(
                    "stagingUri=direct:stage", exchange -> exchange.getMessage().setBody(Images.png())));
            putBack();
            await().atMost(Bench.LIMIT)
                    .untilAsserted(() -> assertThat(runs("CLAIMED")).isEmpty());
            assertThat(runs("SENT")).isEmpty();
        }
    }

    @Nested
    class WhenItCannotBeSettled {
        private final CompletableFuture<Void> gate = new CompletableFuture<>();

        private Sent inFlight(Reply reply) {
            BENCH.simulator().script(reply.heldUntil(gate));
            Sent sent = BENCH.send("", WhenItCannotBeSettled::message);
            await().until(() -> BENCH.simulator().inFlight() == 1);
            return sent;
        }

        private static void message(Exchange exchange) {
            exchange.getMessage().setBody(BENCH.simulator().sampleImageUrl());
            exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "one");
        }

        @Test
        void row26theVideoReachesTheRouteAndTheLedgerLater() {
            Sent sent = inFlight(Reply.completed());
            try (CapturedLog log = CapturedLog.start()) {
                takeAway();
                gate.complete(null);
                assertThat(sent.video()).isNotEmpty();
                String runId = sent.end().getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
                assertThat(log.text().lines().filter(line -> line.contains("ERROR") && line.contains(runId)))
                        .hasSize(1);
                assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);

                // Known here, if not in the ledger: whoever asks for the same again gets it, and it is not paid again.
                Exchange again = BENCH.send("", WhenItCannotBeSettled::message).end();
                assertThat(again.getException()).isNull();
                assertThat(again.getMessage().getHeader(Hh1Constants.REPLAYED)).isEqualTo(true);

                putBack();
                await().atMost(Bench.LIMIT).until(() -> runs("COMPLETED").size() == 1);
                assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
            }
            assertThat(BENCH.posts()).isEqualTo(1);
        }

        @Test
        void row26aRefusalReachesTheRouteAndTheKeyIsFreeOnceItIsWritten() {
            Sent sent = inFlight(Reply.error(402, 2021, "Insufficient AI Gateway credits"));
            takeAway();
            gate.complete(null);
            assertThat(sent.end().getException()).hasMessageContaining("Insufficient");
            putBack();
            await().atMost(Bench.LIMIT).until(() -> runs("REJECTED").size() == 1);
            // The row is there a moment before this JVM knows it: a message of that moment joins the refusal.
            await().atMost(Bench.LIMIT).untilAsserted(() -> assertThat(
                            BENCH.send("", WhenItCannotBeSettled::message).video())
                    .isNotEmpty());
            assertThat(BENCH.simulator().charges()).isEqualTo(1);
        }

        @Test
        void row26whatIsStillUnwrittenWhenTheComponentStopsIsWrittenThen() {
            Sent sent = inFlight(Reply.completed());
            takeAway();
            gate.complete(null);
            sent.video();
            putBack();
            BENCH.restart(component -> {});
            assertThat(runs("COMPLETED")).singleElement().satisfies(run -> assertThat(((Map<?, ?>) run).get("key"))
                    .isEqualTo("one"));
        }
    }
}
