package io.github.camelhh1.examples.filedrop.progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The progress of a download: a percentage if the whole length is known, else the bytes that have arrived. The length
 * is asked for once, and only after the first bytes have arrived, because the component has checked the host by then.
 */
public final class GrowingVideo implements Supplier<String> {
    private final Path directory;
    private final String name;
    private final Supplier<CompletableFuture<OptionalLong>> askForLength;
    private CompletableFuture<OptionalLong> length;

    /** Watches the file of this name, or one that begins with it, in the directory. */
    public GrowingVideo(Path directory, String name, Supplier<CompletableFuture<OptionalLong>> askForLength) {
        this.directory = directory;
        this.name = name;
        this.askForLength = askForLength;
    }

    @Override
    public synchronized String get() {
        long arrived = arrived();
        if (arrived == 0) {
            return "(nothing yet)";
        } else if (length == null) {
            length = askForLength.get();
        }
        OptionalLong whole = length.getNow(OptionalLong.empty());
        if (whole.isPresent() && whole.getAsLong() >= arrived) {
            return arrived * 100 / whole.getAsLong() + " %";
        }
        return String.format(Locale.ROOT, "%.1f MB", arrived / 1e6);
    }

    private long arrived() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().contains(name))
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
