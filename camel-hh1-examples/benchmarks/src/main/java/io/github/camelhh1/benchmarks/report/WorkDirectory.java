package io.github.camelhh1.benchmarks.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory on the disk of the build, not in a temporary file system that may be memory; gone when it is closed. */
public final class WorkDirectory implements Closeable {
    private final Path path;

    public WorkDirectory() throws IOException {
        path = Files.createTempDirectory(Files.createDirectories(Path.of("target", "benchmarks")), "work");
    }

    public Path resolve(String name) {
        return path.toAbsolutePath().resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
