package io.github.camelhh1.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of all tests, those of the examples included. */
final class TestSources {
    private TestSources() {}

    static List<Path> all() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("camel-hh1-examples"))) {
            root = root.getParent();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/test/java/"))
                    .toList();
        }
    }

    /** The names of their classes. */
    static Set<String> names() throws IOException {
        return all().stream().map(TestSources::name).collect(Collectors.toSet());
    }

    static String name(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }
}
