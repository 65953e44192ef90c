package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The program in a JVM of its own, which can be killed. */
final class DropProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path directory;

    private DropProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** The program itself. */
    static DropProcess start(DropFolder folder, Hh1Simulator simulator) throws IOException {
        return start(folder, Drop.scripted(simulator), FileDrop.class, List.of());
    }

    /** The program itself with tasks. */
    static DropProcess startWithTasks(DropFolder folder, Hh1Simulator simulator) throws IOException {
        return start(folder, Drop.scriptedTasks(simulator), FileDrop.class, List.of());
    }

    /** The program, which stops for ever at a step, named as {@link HaltingDrop} names them. */
    static DropProcess haltingAt(String step, DropFolder folder, Hh1Simulator simulator) throws IOException {
        return start(folder, Drop.scripted(simulator), HaltingDrop.class, List.of("-Dhalt.at=" + step));
    }

    private static DropProcess start(
            DropFolder folder, Map<String, String> properties, Class<?> program, List<String> more) throws IOException {
        Path directory = Files.createTempDirectory("file-drop-killed");
        List<String> command = command(folder, properties);
        // A killed program leaves there what it had.
        command.add("-Djava.io.tmpdir=" + directory);
        command.addAll(more);
        command.add(program.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(terminal(directory).toFile());
        forgetSettings(builder);
        return new DropProcess(builder.start(), directory);
    }

    /** Java with its settings, all but the program. */
    static List<String> command(DropFolder folder, Hh1Simulator simulator) {
        return command(folder, Drop.scripted(simulator));
    }

    private static List<String> command(DropFolder folder, Map<String, String> properties) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Ddrop.dir=" + folder.root()));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        return command;
    }

    static void forgetSettings(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.matches("HH1_.*|DROP_.*|S3_.*|CAMEL_.*"));
    }

    void awaitLine(String text) {
        awaitThat(() -> terminal().contains(text));
    }

    void awaitThat(BooleanSupplier condition) {
        await().atMost(LIMIT).untilAsserted(() -> {
            boolean come = condition.getAsBoolean() || !process.isAlive();
            assertThat(come).as(this::terminal).isTrue();
        });
        assertThat(condition.getAsBoolean()).as("it ended: %s", terminal()).isTrue();
    }

    String terminal() {
        try {
            return Files.readString(terminal(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path terminal(Path directory) {
        return directory.resolve("terminal");
    }

    /** {@code kill -9}: nothing in it gets a chance to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 9);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
