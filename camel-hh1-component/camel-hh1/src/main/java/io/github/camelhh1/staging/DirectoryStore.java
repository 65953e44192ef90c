package io.github.camelhh1.staging;

import io.github.camelhh1.async.Offload;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.staging.Staging.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A directory that a web server serves. An image appears there at once and whole. */
final class DirectoryStore implements Store {
    private static final String KIND = "file:";

    private final Path directory;
    private final String baseUrl;
    private final Executor staging;
    private final Executor rooms;

    private DirectoryStore(Path directory, String baseUrl, Executor staging, Executor rooms) {
        this.directory = directory;
        this.baseUrl = baseUrl;
        this.staging = staging;
        this.rooms = rooms;
    }

    /** Makes the directory where there is none. */
    static DirectoryStore of(String directory, String baseUrl, Executor staging, Executor rooms) {
        Path path = Path.of(directory).toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new IllegalArgumentException("stagingDirectory cannot be made: " + e, e);
        }
        if (!Files.isWritable(path)) {
            throw new IllegalArgumentException("stagingDirectory cannot be written: " + path);
        }
        boolean names = baseUrl.endsWith("/") || baseUrl.contains("?");
        return new DirectoryStore(path, names ? baseUrl : baseUrl + "/", staging, rooms);
    }

    @Override
    public String place() {
        return directory.toString();
    }

    @Override
    public String reference(ImageContent content) {
        return KIND + content.name();
    }

    @Override
    public CompletionStage<String> put(ImageContent content, Caller caller) {
        return Offload.run(staging, rooms, () -> {
            // No temporary file of the JDK: only its owner could read that, and the web server may be another user.
            Path part = directory.resolve("." + content.name() + "." + UUID.randomUUID() + ".part");
            try (InputStream in = content.open()) {
                Files.copy(in, part);
                Files.move(part, directory.resolve(content.name()), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            return baseUrl + content.name();
        });
    }

    @Override
    public CompletionStage<Boolean> remove(String reference, @Nullable String url, Caller caller) {
        if (!reference.startsWith(KIND)) {
            return Store.stranger(reference, place());
        }
        Path name = Path.of(reference.substring(KIND.length())).getFileName();
        return Offload.run(staging, rooms, () -> {
            Files.deleteIfExists(directory.resolve(name));
            return true;
        });
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}
