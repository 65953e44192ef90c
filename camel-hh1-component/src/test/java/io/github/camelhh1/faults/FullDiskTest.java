package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 26 on a disk that is full: one of a megabyte, mounted in a namespace of its own. Where a machine allows no such
 * thing the test is skipped and says so, but never in continuous integration.
 */
class FullDiskTest {
    private static final List<String> OWN_MOUNTS =
            List.of("unshare", "--mount", "--map-root-user", "--user", "--propagation", "private");

    @TempDir
    static Path directory;

    private static List<String> said;

    @BeforeAll
    static void run() throws Exception {
        boolean possible = succeeds(mounted("true"));
        if (System.getenv("CI") == null) {
            assumeTrue(possible, "this machine lets nobody mount a file system in a namespace of their own");
        }
        assertThat(possible).as("a file system can be mounted in a namespace").isTrue();
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(mounted(
                        "exec \"$0\" -XX:TieredStopAtLevel=1 -cp \"$1\" " + FullDiskMain.class.getName() + " \"$2\""))
                .redirectError(log.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> out + read(log)).isZero();
        said = out.lines().toList();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A shell command with the disk mounted; {@code $0} is java, {@code $1} the class path, {@code $2} the disk. */
    private static List<String> mounted(String command) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String shell = "mount -t tmpfs -o size=1m tmpfs \"$2\" && " + command;
        return Stream.concat(
                        OWN_MOUNTS.stream(),
                        List.of("sh", "-c", shell, java, System.getProperty("java.class.path"), directory.toString())
                                .stream())
                .toList();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String answer(String question) {
        return said.stream()
                .filter(line -> line.startsWith(question + ": "))
                .findFirst()
                .orElseThrow()
                .substring(question.length() + 2);
    }

    @Test
    void row26theDiskWasReallyFull() {
        assertThat(answer("at first")).isEqualTo("video");
        assertThat(answer("filled")).contains("No space left");
    }

    @Test
    void row26whatWasInFlightReachesTheRouteAndTheLedgerLater() {
        assertThat(answer("in flight")).isEqualTo("video");
        assertThat(answer("states")).isEqualTo("COMPLETED COMPLETED");
    }

    @Test
    void row26nothingIsSentWhileItIsFull() {
        assertThat(answer("while full"))
                .startsWith("NotSentException")
                .contains("make room on the disk")
                .contains("Nothing is billed");
        assertThat(answer("posts")).isEqualTo("2");
    }

    @Test
    void row26workGoesOnWhenThereIsRoom() {
        assertThat(answer("with room again")).isEqualTo("video");
        assertThat(answer("charges")).isEqualTo("3");
    }
}
