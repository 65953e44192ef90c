package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The figures of {@code hh1:budget}. */
class BudgetFiguresTest {
    private static final String PRICES = "pricePerSecond=RAW(720P=0.1,1080P=0.2)";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private void capped() {
        LEDGER.restart(component -> {
            component.setLedger(Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")));
            component.setMaxSecondsPerDay(100L);
            component.setMaxCostPerDay(" 12.5 ");
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> budget(String options) {
        SentMessage sent = LEDGER.operate("hh1:budget" + options, "any body", Map.of());
        assertThat(sent.end().getException()).isNull();
        return sent.end().getMessage().getBody(Map.class);
    }

    private String today() {
        try (LedgerSession session =
                Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")).open()) {
            return session.today().toString();
        }
    }

    private static SentMessage send(String key) {
        return CAMEL.send("duration=5&resolution=720P&" + PRICES, LEDGER.keyed(key));
    }

    @Test
    void tellsSpentFromReservedAndNamesAccountDayAndCaps() {
        capped();
        String before = today();
        LedgerClient.made(send("done"));
        CAMEL.simulator().script(Fault.closeAfterRequest());
        send("unknown").failure(OutcomeUnknownException.class);
        var gate = new CompletableFuture<Void>();
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        SentMessage inFlight = send("in flight");
        await().until(() -> CAMEL.simulator().inFlight() == 1);

        Map<String, Object> figures = budget("");

        assertThat(figures)
                .containsOnlyKeys(
                        "account",
                        "day",
                        "secondsSpent",
                        "secondsReserved",
                        "costSpent",
                        "costReserved",
                        "maxSecondsPerDay",
                        "maxCostPerDay")
                .containsEntry("account", CAMEL.simulator().account())
                .containsEntry("secondsSpent", 5L)
                .containsEntry("secondsReserved", 10L)
                .containsEntry("costSpent", new BigDecimal("0.50"))
                .containsEntry("costReserved", new BigDecimal("1.00"))
                .containsEntry("maxSecondsPerDay", 100L)
                .containsEntry("maxCostPerDay", new BigDecimal("12.5"));
        assertThat(figures.get("day")).isIn(before, today());
        gate.complete(null);
        LedgerClient.made(inFlight);
        assertThat(budget("")).containsEntry("secondsSpent", 10L).containsEntry("secondsReserved", 5L);
        assertThat(CAMEL.posts()).as("it sends nothing").isEqualTo(3);
    }

    @Test
    void isOfTheAccountOfItsEndpoint() {
        capped();
        LedgerClient.made(send("done"));
        assertThat(budget("?accountId=another"))
                .containsEntry("account", "another")
                .containsEntry("secondsSpent", 0L)
                .containsEntry("costSpent", new BigDecimal("0.00"));
    }

    @Test
    void leavesOutCapsThatAreNotSet() {
        assertThat(budget(""))
                .containsEntry("secondsSpent", 0L)
                .doesNotContainKeys("maxSecondsPerDay", "maxCostPerDay");
        LEDGER.restart(component -> component.setMaxSecondsPerDay(7L));
        assertThat(budget("")).containsEntry("maxSecondsPerDay", 7L).doesNotContainKey("maxCostPerDay");
    }

    @Test
    void becomesJsonAsItIs() {
        capped();
        LedgerClient.made(send("done"));
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:json").to("hh1:budget").marshal().json();
            }
        });
        assertThat(CAMEL.sendTo("direct:json", exchange -> {}).video())
                .contains("\"day\":\"20", "\"secondsSpent\":5", "\"costSpent\":0.50", "\"maxCostPerDay\":12.5");
    }

    @Test
    void isOfNoAccountWhereNoneIsKnown() {
        CAMEL.options(options -> options.setAccountId(" "));
        var failure = LEDGER.operate("hh1:budget", "body", Map.of()).failure(InvalidRequestException.class);
        assertThat(failure.violations()).singleElement().satisfies(violation -> assertThat(violation)
                .startsWith("accountId: ")
                .contains("set the option accountId"));
    }

    @Test
    void saysSoWhenTheLedgerDoesNotWork() throws Exception {
        capped();
        budget("");
        Path file = directory.resolve("hh1.db");
        Path away = directory.resolve("away.db");
        Files.move(file, away);
        assertThat(LEDGER.operate("hh1:budget", "body", Map.of()).failure(NotSentException.class))
                .hasMessageContaining("the ledger does not work");
        Files.move(away, file);
        assertThat(budget("")).containsEntry("secondsSpent", 0L);
    }
}
