package io.github.camelhh1.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that ran in a JVM of its own, on the class path of the tests. */
public record ForkedJvm(List<String> out, List<String> log) {
    private static final int LINES_SHOWN = 60;

    /** Waits until it has ended without an error; {@code directory} takes its output, {@code options} are those of the JVM. */
    public static ForkedJvm run(Path directory, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        return run(directory, entry -> true, options, main, arguments);
    }

    /** With those entries of the class path only whose file names the predicate takes. */
    public static ForkedJvm run(
            Path directory, Predicate<String> entries, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entries.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
        Path out = directory.resolve("out.txt");
        Path log = directory.resolve("log.txt");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
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
