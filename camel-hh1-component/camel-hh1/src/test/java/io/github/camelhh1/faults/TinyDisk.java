package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A disk of one megabyte, mounted in a namespace of its own for one program. Where a machine allows no such thing the
 * test is skipped and says so, but never in continuous integration.
 */
final class TinyDisk {
    private static final List<String> OWN_MOUNTS =
            List.of("unshare", "--mount", "--map-root-user", "--user", "--propagation", "private");

    private TinyDisk() {}

    /** The lines of a program: {@code name: value}. */
    record Said(List<String> lines) {
        String answer(String question) {
            return lines.stream()
                    .filter(line -> line.startsWith(question + ": "))
                    .findFirst()
                    .orElseThrow()
                    .substring(question.length() + 2);
        }
    }

    /** Runs the program to its end; its first argument is the disk, which lies at {@code directory}. */
    static Said run(Class<?> main, Path directory) throws Exception {
        return run("", main, directory);
    }

    /** The same with the disk as the JVM's directory of temporary files. */
    static Said runWithTemporaryFiles(Class<?> main, Path directory) throws Exception {
        return run(" -Djava.io.tmpdir=\"$2\"", main, directory);
    }

    private static Said run(String option, Class<?> main, Path directory) throws Exception {
        boolean possible = succeeds(mounted("true", directory));
        if (System.getenv("CI") == null) {
            assumeTrue(possible, "this machine lets nobody mount a file system in a namespace of their own");
        }
        assertThat(possible).as("a file system can be mounted in a namespace").isTrue();
        Path log = Files.createTempFile("disk-", ".txt");
        try {
            Process process = new ProcessBuilder(mounted(
                            "exec \"$0\"" + option + " -XX:TieredStopAtLevel=1 -cp \"$1\" " + main.getName()
                                    + " \"$2\"",
                            directory))
                    .redirectError(log.toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> out + read(log)).isZero();
            return new Said(out.lines().toList());
        } finally {
            Files.delete(log);
        }
    }

    /** With a file {@code filler}, all but {@code room} bytes. */
    static void fill(Path disk, int room) throws IOException {
        byte[] piece = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
            while (Files.getFileStore(disk).getUsableSpace() > room) {
                filler.write(piece);
            }
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A shell command with the disk mounted; {@code $0} is java, {@code $1} the class path, {@code $2} the disk. */
    private static List<String> mounted(String command, Path directory) {
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
}
