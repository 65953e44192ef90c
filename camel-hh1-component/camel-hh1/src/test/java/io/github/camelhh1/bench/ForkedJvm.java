package io.github.camelhh1.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that ran in a JVM of its own, on the class path of the tests. */
public record ForkedJvm(List<String> out, List<String> log) {
    private static final int LINES_SHOWN = 60;

    /** Waits until it has ended without an error; {@code directory} takes its output, {@code options} are those of the JVM. */
    public static ForkedJvm run(Path directory, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        Path log = directory.resolve("log.txt");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(log.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        var ended = new ForkedJvm(Files.readAllLines(out), Files.readAllLines(log));
        assertThat(process.exitValue()).as(ended::end).isZero();
        return ended;
    }

    /** The last lines of its standard error. */
    public String end() {
        return String.join("\n", log.subList(Math.max(0, log.size() - LINES_SHOWN), log.size()));
    }
}
