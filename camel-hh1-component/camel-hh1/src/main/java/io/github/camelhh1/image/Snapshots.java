package io.github.camelhh1.image;

import io.github.camelhh1.async.Offload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Copies of images that others may change. Safe for use by many threads. */
public final class Snapshots {
    private final Supplier<Path> directory;
    private final Executor worker;
    private final Executor rooms;

    /**
     * @param directory private to this component; asked for at the first copy
     * @param worker copies and deletes; may block
     * @param rooms completes the stages
     */
    public Snapshots(Supplier<Path> directory, Executor worker, Executor rooms) {
        this.directory = directory;
        this.worker = worker;
        this.rooms = rooms;
    }

    /** The stage fails when the content has changed, or the copy cannot be written. */
    public CompletionStage<ImageContent> take(ImageContent content) {
        return Offload.run(worker, rooms, () -> copy(content));
    }

    private ImageContent copy(ImageContent content) throws IOException {
        Path file = Files.createTempFile(directory.get(), "image-", ".copy");
        try {
            return content.copied(file);
        } catch (IOException | RuntimeException | Error e) {
            delete(file);
            throw e;
        }
    }

    /** Deletes a copy. */
    public void discard(ImageContent snapshot) {
        worker.execute(() -> delete(Objects.requireNonNull(snapshot.file(), "not a snapshot")));
    }

    /** Deletes a file of a private directory; a file that cannot be deleted now goes with that directory. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It goes with the private directory, when the component stops.
            file.toFile().deleteOnExit();
        }
    }
}
