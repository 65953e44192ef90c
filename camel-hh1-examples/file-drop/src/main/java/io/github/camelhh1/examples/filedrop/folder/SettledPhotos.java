package io.github.camelhh1.examples.filedrop.folder;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Lets a photo through once it, and its sidecar, have not changed for a while: a copy that still runs waits, and delays
 * no other photo. Camel's own read lock looks once more just before the photo is taken.
 */
public final class SettledPhotos implements GenericFileFilter<File> {
    private record Look(List<Long> shape, Instant since) {}

    private final Filing filing;
    private final Clock clock;
    private final Supplier<Duration> quiet;
    private final Consumer<Path> seen;
    private final Map<Path, Look> looks = new ConcurrentHashMap<>();

    /** Calls {@code seen} for each new photo. */
    public SettledPhotos(Filing filing, Clock clock, Supplier<Duration> quiet, Consumer<Path> seen) {
        this.filing = filing;
        this.clock = clock;
        this.quiet = quiet;
        this.seen = seen;
    }

    @Override
    public boolean accept(GenericFile<File> candidate) {
        Path photo = candidate.getFile().toPath();
        if (candidate.isDirectory() || !DropFolder.isPhoto(photo) || filing.isLetAlone(photo)) {
            return false;
        }
        Look before = looks.get(photo);
        looks.keySet().removeIf(known -> !Files.exists(known));
        if (!Files.exists(photo)) {
            // Filed since the folder was listed.
            return false;
        }
        if (before == null) {
            seen.accept(photo);
        }
        Instant now = clock.instant();
        List<Long> shape = shape(photo);
        if (before == null || !before.shape.equals(shape)) {
            before = new Look(shape, now);
            looks.put(photo, before);
        }
        return !now.isBefore(before.since.plus(quiet.get()));
    }

    private static List<Long> shape(Path photo) {
        return Stream.concat(Stream.of(photo), Sidecars.places(photo).stream())
                .map(Path::toFile)
                .flatMap(file -> Stream.of(file.length(), file.lastModified()))
                .toList();
    }
}
