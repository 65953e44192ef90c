package io.github.camelhh1.examples.filedrop.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a photo's sidecar may lie: {@code photo.json} or {@code photo.txt} beside it. */
public final class Sidecars {
    private Sidecars() {}

    public static List<Path> of(Path photo) {
        return places(photo).stream().filter(Files::isRegularFile).toList();
    }

    static List<Path> places(Path photo) {
        String base = DropFolder.baseName(photo);
        return List.of(photo.resolveSibling(base + ".json"), photo.resolveSibling(base + ".txt"));
    }
}
