package io.github.camelhh1.examples.filedrop.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of one request: a photo and its sidecars. */
public record Source(Original photo, List<Original> sidecars) {

    /** Reads the files. */
    public static Source of(Path photo) throws IOException {
        List<Original> sidecars = new ArrayList<>();
        for (Path sidecar : Sidecars.of(photo)) {
            sidecars.add(Original.of(sidecar));
        }
        return new Source(Original.of(photo), sidecars);
    }

    /** False if the photo is gone, or if it or a sidecar was replaced: then these files are another request. */
    boolean isInPlace() throws IOException {
        for (Original sidecar : sidecars) {
            if (sidecar.isReplaced()) {
                return false;
            }
        }
        return Files.exists(photo.file()) && !photo.isReplaced();
    }

    /** The sidecars that are still there. */
    List<Original> presentSidecars() {
        return sidecars.stream().filter(sidecar -> Files.exists(sidecar.file())).toList();
    }
}
