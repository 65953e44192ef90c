package io.github.camelhh1.examples.filedrop;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The three photos that were drawn for this project, and the sidecars of two of them. */
final class Samples {
    private static final List<String> NAMES =
            List.of("horse.jpg", "horse.json", "lighthouse.png", "lighthouse.txt", "tea.webp");

    private Samples() {}

    /** Empties the demo's rooms and lays the samples into the first. */
    static void layOut(DropFolder folder) throws IOException {
        for (Path room : List.of(folder.in(), folder.out(), folder.done(), folder.failed(), folder.downloads())) {
            empty(room);
        }
        for (String name : NAMES) {
            try (InputStream sample = Samples.class.getResourceAsStream("/samples/" + name)) {
                Files.copy(sample, folder.in().resolve(name));
            }
        }
    }

    private static void empty(Path room) throws IOException {
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }
}
