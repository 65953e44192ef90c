package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 48: processes that hand on late results are killed again and again, each between an emission and the next. */
class KilledEmittersTest {
    private static final int RUNS = 60;
    private static final int KILLS = 5;
    private static final Completion VIDEO =
            new Completion("https://v.example/1.mp4", "Completed", null, Duration.ofSeconds(9), null, null, null);

    private static final Emission.Filter ANY = new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null);

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process started(String url) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmitterMain.class.getName(),
                        url)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("handed").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        processes.add(process);
        return process;
    }

    /** Whole lines: the last may have been cut off with its process. */
    private List<String> handed() throws IOException {
        String text = Files.readString(directory.resolve("handed"));
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    @Test
    void handOnEachVideoAtLeastOnceAndNoMoreTwiceThanWereKilled() throws Exception {
        String url = "jdbc:sqlite:" + directory.resolve("hh1.db");
        Files.createFile(directory.resolve("handed"));
        try (LedgerSession session = Ledgers.of(url).open()) {
            for (int i = 0; i < RUNS; i++) {
                session.complete(LedgerContract.sent(session, "run-" + i), VIDEO, false);
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int before = handed().size();
                Process process = started(url);
                int more = 1 + kill;
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(LedgerContract.LIMIT)
                        .until(() -> handed().size() >= Math.min(RUNS, before + more));
                process.destroyForcibly().waitFor();
            }
            Process last = started(url);
            await().atMost(LedgerContract.LIMIT).until(() -> new HashSet<>(handed()).size() == RUNS);
            last.destroyForcibly().waitFor();
            session.recover();
            assertThat(session.emit(ANY, RUNS).size()).as("not acknowledged").isLessThanOrEqualTo(1);
            assertThat(handed().size() - RUNS).as("handed on twice").isLessThanOrEqualTo(KILLS);
        }
    }
}
