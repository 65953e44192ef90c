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

    /** Whether a demo has begun here. If a real service made its videos, they and their ledger were paid. */
    static boolean wereSent(DropFolder folder) throws IOException {
        return !ledger(folder).isEmpty();
    }

    /** Empties the demo's folders and its ledger, and puts the samples into {@code in}. */
    static void layOut(DropFolder folder) throws IOException {
        for (Path room : List.of(folder.in(), folder.out(), folder.done(), folder.failed(), folder.downloads())) {
            DropFolder.empty(room);
        }
        forgetRuns(folder);
        for (String name : NAMES) {
            try (InputStream sample = Samples.class.getResourceAsStream("/samples/" + name)) {
                Files.copy(sample, folder.in().resolve(name));
            }
        }
    }

    /** The ledger would know the samples of the last demo, and answer with links that are dead. */
    private static void forgetRuns(DropFolder folder) throws IOException {
        for (Path file : ledger(folder)) {
            Files.delete(file);
        }
    }

    private static List<Path> ledger(DropFolder folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.root())) {
            return files.filter(DropFolder::isOfTheLedger).toList();
        }
    }
}
