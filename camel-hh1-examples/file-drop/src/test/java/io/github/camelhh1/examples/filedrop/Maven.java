package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maven, started by a test. */
public final class Maven {
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", "test");

    private Maven() {}

    public static Path project() {
        return Path.of("../..").toAbsolutePath().normalize();
    }

    /** The repository of the build around this test, which Surefire names; absent in an IDE. */
    public static Optional<String> repository() {
        return Optional.ofNullable(System.getProperty("localRepository"));
    }

    /** Copies the sources without their tests: the build around the test works in the project's own folders. */
    static void copyProject(Path target) throws IOException {
        Path from = project().toRealPath();
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (LEFT_OUT.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(target.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, target.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The command, with the repository of the build around this test. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("mvn", "-B"));
        repository().ifPresent(path -> command.add("-Dmaven.repo.local=" + path));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Runs the command until it ends without a failure, and returns its output's lines. */
    public static List<String> run(Path directory, String... arguments) throws Exception {
        Path output = Files.createTempFile("maven", ".txt");
        try {
            int status = new ProcessBuilder(command(arguments))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            assertThat(status).as(() -> String.join("\n", lines(output))).isZero();
            return lines(output);
        } finally {
            Files.delete(output);
        }
    }

    /** Starts the command, whose output goes into the file. The caller ends it. */
    static Process start(Path directory, Path output, Map<String, String> environment, String... arguments)
            throws IOException {
        var maven = new ProcessBuilder(command(arguments))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        maven.environment().putAll(environment);
        return maven.start();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
