package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.simulator.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The lines of a start about runs that are unknown: each run is in one of them. */
class UnknownAtStartTest {
    private static final String SUMMARY = "were unknown before this start";
    private static final String NAMED = "was sent and its outcome is unknown, so it is held";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private Ledger ledger;

    @BeforeEach
    void begin() {
        ledger = Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
        start();
    }

    private void start() {
        LEDGER.restart(component -> component.setLedger(ledger));
    }

    private static void unknown(String key) {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.send("", LEDGER.keyed(key)).failure(OutcomeUnknownException.class);
    }

    /** As a process leaves it that is killed. */
    private void sentByTheDead(String id, String account) {
        LedgerSession dead = ledger.open();
        NewRun some = LedgerContract.run(id);
        LedgerContract.sent(
                dead,
                LedgerContract.claimed(
                        dead,
                        new NewRun(
                                id,
                                account,
                                some.model(),
                                some.key(),
                                some.fingerprint(),
                                some.videoFileName(),
                                some.seconds(),
                                some.cost(),
                                some.correlation()),
                        1));
        dead.close();
    }

    private List<String> linesOfAStart() {
        CAMEL.component().stop();
        try (var log = CapturedLog.start()) {
            start();
            CAMEL.send("", LEDGER.keyed("any")).end();
            return log.text()
                    .lines()
                    .filter(line -> line.contains(SUMMARY) || line.contains(NAMED))
                    .toList();
        }
    }

    @Test
    void sayHowManyAreHeldAndHowToListAndSettleThem() {
        unknown("one");
        unknown("two");
        assertThat(linesOfAStart()).singleElement().satisfies(line -> assertThat(line)
                .contains("2 run(s)", CAMEL.simulator().account(), "hh1:runs", "CamelHh1RunState=UNKNOWN")
                .contains("hh1:adopt", "hh1:forget", "WARN"));
        assertThat(linesOfAStart()).as("the next start").hasSize(1);
    }

    @Test
    void sayNothingWhenNoneIsHeld() {
        LedgerClient.made(CAMEL.send("", LEDGER.keyed("done")));
        assertThat(linesOfAStart()).isEmpty();
    }

    @Test
    void nameARunOfADeadProcessAndDoNotCountItToo() {
        CAMEL.send("", LEDGER.keyed("done")).end();
        sentByTheDead("lost", CAMEL.simulator().account());
        assertThat(linesOfAStart()).singleElement().satisfies(line -> assertThat(line)
                .contains("Run lost", NAMED));
        assertThat(linesOfAStart()).singleElement().satisfies(line -> assertThat(line)
                .contains("1 run(s)", SUMMARY));
    }

    @Test
    void countOnlyThoseThatAreNotNamed() {
        unknown("one");
        sentByTheDead("lost", CAMEL.simulator().account());
        sentByTheDead("foreign", "another");
        assertThat(linesOfAStart())
                .hasSize(3)
                .anyMatch(line -> line.contains("Run lost"))
                .anyMatch(line -> line.contains("Run foreign"))
                .anyMatch(line ->
                        line.contains("1 run(s) of account " + CAMEL.simulator().account()));
    }

    @Test
    void leaveOtherAccountsOut() {
        CAMEL.send("", LEDGER.keyed("done")).end();
        sentByTheDead("foreign", "another");
        linesOfAStart();
        assertThat(linesOfAStart()).isEmpty();
    }

    @Test
    void sayItOnceForSeveralEndpoints() {
        unknown("one");
        CAMEL.component().stop();
        try (var log = CapturedLog.start()) {
            start();
            CAMEL.send("duration=3", LEDGER.keyed("a")).end();
            CAMEL.send("duration=4", LEDGER.keyed("b")).end();
            assertThat(log.text().lines().filter(line -> line.contains(SUMMARY)))
                    .hasSize(1);
        }
    }
}
