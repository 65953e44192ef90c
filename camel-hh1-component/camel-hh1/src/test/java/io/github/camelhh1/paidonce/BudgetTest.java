package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Charge;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The most that an account may spend in a day, message by message. */
class BudgetTest {
    private static final String PRICES = "pricePerSecond=RAW(720P=0.1,1080P=0.2)";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private static void overBudget(SentMessage sent) {
        int before = CAMEL.posts();
        var failure = sent.failure(BudgetExceededException.class);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure.retry()).isEqualTo(Retry.AFTER);
        assertThat(failure).hasMessageContaining("Not sent").hasMessageContaining(failure.runId());
        assertThat(CAMEL.posts()).isEqualTo(before);
    }

    private static int secondsCharged() {
        return CAMEL.simulator().meter().stream().mapToInt(Charge::seconds).sum();
    }

    @Nested
    class TenThousandMessages {
        @Test
        void stayUnderTheCapOfSeconds() {
            CAMEL.restart(component -> component.setMaxSecondsPerDay(200L));
            List<SentMessage> all = IntStream.range(0, 10_000)
                    .mapToObj(number -> CAMEL.send("duration=" + (3 + number % 3)))
                    .toList();
            all.forEach(SentMessage::end);
            assertThat(secondsCharged()).isBetween(198, 200);
            long refused = all.stream()
                    .filter(sent -> sent.end().getException() instanceof BudgetExceededException)
                    .count();
            assertThat(refused).isEqualTo(10_000L - CAMEL.simulator().charges());
            all.stream()
                    .filter(sent -> sent.end().getException() != null)
                    .limit(20)
                    .forEach(BudgetTest::overBudget);
            overBudget(CAMEL.send("duration=3"));
        }

        @Test
        void stayUnderTheCapOfCost() {
            CAMEL.restart(component -> component.setMaxCostPerDay("20"));
            String[] options = {"duration=3&resolution=720P&", "duration=3&resolution=1080P&", "duration=3&", ""};
            List<SentMessage> all = IntStream.range(0, 10_000)
                    .mapToObj(number -> CAMEL.send(options[number % 4] + PRICES))
                    .toList();
            all.forEach(SentMessage::end);
            BigDecimal spent = all.stream()
                    .map(SentMessage::end)
                    .filter(exchange -> exchange.getException() == null)
                    // Where the message leaves the duration open, 15 s at the dearest.
                    .map(exchange ->
                            exchange.getMessage().getHeader(Hh1Constants.COST, BigDecimal.valueOf(3), BigDecimal.class))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(spent).isBetween(new BigDecimal("19.71"), new BigDecimal("20"));
            assertThat(all)
                    .filteredOn(sent -> sent.end().getException() == null)
                    .hasSize(CAMEL.simulator().charges());
            overBudget(CAMEL.send("duration=3&resolution=720P&" + PRICES));
        }
    }

    @Nested
    class WithRoomForOneVideo {
        @BeforeEach
        void cap() {
            LEDGER.restart(component -> component.setMaxSecondsPerDay(3L));
            LEDGER.ledgerIn(directory.resolve("hh1.db"));
        }

        private SentMessage send(String key) {
            return CAMEL.send("duration=3&maxAttempts=1", LEDGER.keyed(key));
        }

        private void isFull() {
            overBudget(send("next"));
            LEDGER.ledgerIn(directory.resolve("hh1.db"));
            overBudget(send("next"));
        }

        @Test
        void aVideoIsSpentAndItsRepeatsAreFree() {
            LedgerClient.made(send("one"));
            LedgerClient.replayed(send("one"));
            isFull();
            LedgerClient.replayed(send("one"));
        }

        @Test
        void whatWasNotSentIsGivenBack() {
            CAMEL.simulator().refuseConnections();
            send("one").failure(NotSentException.class);
            CAMEL.simulator().acceptConnections();
            LedgerClient.made(send("two"));
            isFull();
        }

        @Test
        void whatWasRejectedIsGivenBack() {
            CAMEL.simulator().script(Reply.error(402, 2021, "No credit"), Reply.throttled("200"));
            send("one").failure(RejectedException.class);
            send("one").end();
            assertThat(CAMEL.posts()).isEqualTo(2);
            LedgerClient.made(send("two"));
            isFull();
        }

        @Test
        void whatTheServiceCallsFailedIsNotGivenBack() {
            CAMEL.simulator().script(Reply.failed("8001", "The model failed"));
            assertThat(send("one").failure(RejectedException.class).billing()).isEqualTo(Billing.UNKNOWN);
            isFull();
        }

        @Test
        void theUnknownStaysSpentWhetherAdoptedOrForgotten() {
            CAMEL.simulator().script(Fault.closeAfterRequest());
            String runId = send("one").failure(OutcomeUnknownException.class).runId();
            isFull();
            LEDGER.adopt(runId, "https://videos.example/x.mp4").video();
            isFull();
            LEDGER.forget(runId).video();
            isFull();
            overBudget(send("one"));
        }

        @Test
        void aRefusedMessageIsSentOnceThereIsRoom() {
            LedgerClient.made(send("one"));
            overBudget(send("two"));
            LEDGER.restart(component -> component.setMaxSecondsPerDay(6L));
            LedgerClient.made(send("two"));
        }

        @Test
        void aMessageThatLeavesTheDurationOpenTakesFifteenSeconds() {
            overBudget(CAMEL.send(""));
            LedgerClient.made(send("one"));
        }
    }

    @Nested
    class Estimate {
        @ParameterizedTest
        @CsvSource({"duration=3&resolution=720P&,3,0.3", "duration=4&,4,0.8", "resolution=720P&,15,1.5", "'',15,3.0"})
        void saysWhatTheBudgetCounts(String options, int seconds, BigDecimal cost) {
            SentMessage sent = LEDGER.operate(
                    "hh1:estimate?" + options + PRICES, CAMEL.simulator().sampleImageUrl(), Map.of());
            Map<?, ?> estimate = sent.end().getMessage().getBody(Map.class);
            assertThat(estimate.get("seconds")).isEqualTo(seconds);
            assertThat((BigDecimal) estimate.get("cost")).isEqualByComparingTo(cost);

            String less = cost.subtract(new BigDecimal("0.000001")).toPlainString();
            LEDGER.restart(component -> component.setMaxCostPerDay(less));
            overBudget(CAMEL.send(options + PRICES));
            LEDGER.restart(component -> component.setMaxCostPerDay(cost.toPlainString()));
            LedgerClient.made(CAMEL.send(options + PRICES));
            overBudget(CAMEL.send("duration=3&" + PRICES));
        }

        @Test
        void costsAndCountsNothingItself() {
            LEDGER.restart(component -> component.setMaxSecondsPerDay(3L));
            for (int i = 0; i < 5; i++) {
                LEDGER.operate("hh1:estimate?duration=3", CAMEL.simulator().sampleImageUrl(), Map.of())
                        .end();
            }
            assertThat(CAMEL.posts()).isZero();
            LedgerClient.made(CAMEL.send("duration=3"));
        }
    }

    @Nested
    class AtStart {
        private void refused(String options, String part) {
            assertThatThrownBy(() -> CAMEL.send(options)).rootCause().hasMessageContaining(part);
        }

        @Test
        void aCapOfCostNeedsEveryPrice() {
            CAMEL.restart(component -> component.setMaxCostPerDay("5"));
            refused("", "maxCostPerDay needs a price for every resolution");
            refused("pricePerSecond=RAW(720P=0.1)", "maxCostPerDay needs a price for every resolution");
            LedgerClient.made(CAMEL.send(PRICES));
        }

        @ParameterizedTest
        @CsvSource({"720P", "720P=", "720P=-1", "720P=x", "480P=1", "720P=1;1080P=2", "720P=0.1234567", "720P=1=2"})
        void aPriceMustBeOne(String prices) {
            refused("pricePerSecond=RAW(" + prices + ")", "pricePerSecond must name prices by resolution");
        }

        @ParameterizedTest
        @CsvSource({"-1", "x", "1e3", "''", "1.2345678"})
        void aCapMustBeAnAmount(String cap) {
            assertThatThrownBy(() -> CAMEL.restart(component -> component.setMaxCostPerDay(cap)))
                    .hasMessageContaining("maxCostPerDay must be an amount");
            CAMEL.restart(component -> component.setMaxCostPerDay(null));
        }

        @Test
        void aCapOfSecondsMustNotBeNegative() {
            assertThatThrownBy(() -> CAMEL.restart(component -> component.setMaxSecondsPerDay(-1L)))
                    .hasMessageContaining("maxSecondsPerDay must not be negative");
            CAMEL.restart(component -> component.setMaxSecondsPerDay(null));
        }
    }
}
