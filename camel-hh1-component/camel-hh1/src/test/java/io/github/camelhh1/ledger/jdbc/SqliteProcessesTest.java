package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that want the same runs of one SQLite file at the same time, and are killed. {@code -Dhh1.sqlite.runs=10000} is
 * the long form.
 */
@Timeout(600)
class SqliteProcessesTest {
    private static final int RUNS = Integer.getInteger("hh1.sqlite.runs", 500);

    @TempDir
    private Path directory;

    private record Claimer(Process process, BufferedReader output) {
        void start() throws IOException {
            process.outputWriter().write("go\n");
            process.outputWriter().flush();
        }
    }

    private final List<Claimer> claimers = new ArrayList<>();
    private String url;

    @BeforeEach
    void start() throws IOException {
        url = "jdbc:sqlite:" + directory.resolve("hh1.db");
        for (int i = 0; i < 2; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ClaimerMain.class.getName(),
                            url,
                            String.valueOf(RUNS),
                            // From both ends: on the same way whoever began first would be ahead all the time.
                            String.valueOf(i == 1))
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
            claimers.add(new Claimer(process, process.inputReader()));
        }
    }

    @AfterEach
    void kill() throws InterruptedException {
        for (Claimer claimer : claimers) {
            claimer.process().destroyForcibly().waitFor();
        }
    }

    private int sent(Claimer claimer) throws IOException {
        String count = claimer.output().readLine();
        assertThat(count)
                .as(() -> "the process ended: " + text(directory.resolve("log")))
                .isNotNull();
        return Integer.parseInt(count);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void eachRunIsSentByOneAndRecoveredAtOnceWhenThatIsKilled() throws Exception {
        for (Claimer claimer : claimers) {
            assertThat(claimer.output().readLine()).isEqualTo("ready");
        }
        for (Claimer claimer : claimers) {
            claimer.start();
        }
        int first = sent(claimers.get(0));
        int second = sent(claimers.get(1));
        assertThat(first + second).isEqualTo(RUNS);
        assertThat(first).as("raced").isBetween(1, RUNS - 1);

        try (LedgerSession session = Ledgers.of(url).open()) {
            assertThat(session.recover()).isEmpty();
            claimers.get(0).process().destroyForcibly().waitFor();
            assertThat(session.recover()).hasSize(first);
            assertThat(session.runs(RunState.SENT, RUNS, 0)).hasSize(second);
            claimers.get(1).process().destroyForcibly().waitFor();
            assertThat(session.recover()).hasSize(second);
            assertThat(session.runs(RunState.UNKNOWN, RUNS, 0)).hasSize(RUNS);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("hh1.db", "log");
        }
    }
}
