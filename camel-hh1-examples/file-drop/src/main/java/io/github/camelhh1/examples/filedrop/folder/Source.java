package io.github.camelhh1.examples.filedrop.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of one request: a photo and its sidecars. */
public record Source(Original photo, List<Original> sidecars) {

    /** Reads the files until none is replaced meanwhile. A sidecar that cannot be read is no error here. */
    public static Source of(Path photo) throws IOException {
        Source source;
        do {
            List<Original> sidecars =
                    Sidecars.of(photo).stream().map(Original::perhaps).toList();
            source = new Source(Original.of(photo), sidecars);
        } while (!source.isInPlace());
        return source;
    }

    /** False if the photo is gone, or if it or a sidecar was replaced: then these files are another request. */
    public boolean isInPlace() throws IOException {
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
