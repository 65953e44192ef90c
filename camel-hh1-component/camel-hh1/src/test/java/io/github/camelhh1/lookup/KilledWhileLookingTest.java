package io.github.camelhh1.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulator.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 47: SIGKILL after the head of an answer, which names its record, and before a look-up finds anything. */
class KilledWhileLookingTest {
    private static final Duration TURN = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    private Path directory;

    private Process started(String ledger) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LosingNodeMain.class.getName(),
                        CAMEL.simulator().baseUrl(),
                        CAMEL.simulator().account(),
                        TestContext.KEY,
                        ledger,
                        CAMEL.simulator().sampleImageUrl())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private static Run run(LedgerSession ledger) {
        List<Run> runs = ledger.runs(null, 2, 0);
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    /** Lists do not show the record, so that its id alone finds it. */
    @Test
    void anotherNodeFindsTheVideoByTheIdOfItsRecord() throws Exception {
        String url = "jdbc:sqlite:" + directory.resolve("hh1.db");
        CAMEL.simulator().gateway().hideFromLists().throttleNext(Duration.ofHours(1));
        CAMEL.simulator().script(Reply.completed().cutAfter(20));
        Process process = started(url);
        try (LedgerSession ledger = Ledgers.of(url).open()) {
            await().atMost(TestContext.LIMIT)
                    .untilAsserted(() ->
                            assertThat(CAMEL.simulator().gateway().asked()).anyMatch(path -> path.contains("/logs")));
            assertThat(run(ledger).state()).isEqualTo(RunState.SENT);
            String logId = run(ledger).ids().logId();
            assertThat(logId).isNotNull();
            assertThat(run(ledger).ids().httpStatus()).isEqualTo(200);

            process.destroyForcibly().waitFor();
            CAMEL.restart(component -> {
                component.getConfiguration().setLookup(true);
                component.setLedger(Ledgers.of(url));
            });
            CAMEL.send("", exchange -> {
                        exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                        exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "begins the endpoint");
                    })
                    .video();

            await().atMost(TestContext.LIMIT).untilAsserted(() -> {
                CAMEL.letTimersRing(TURN);
                assertThat(ledger.runs(RunState.COMPLETED, 9, 0)).hasSize(2);
            });
            assertThat(ledger.runs(null, 9, 0))
                    .filteredOn(run -> run.completion().recovered())
                    .singleElement()
                    .satisfies(run -> assertThat(run.completion().logId()).isEqualTo(logId));
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        } finally {
            process.destroyForcibly();
        }
    }
}
