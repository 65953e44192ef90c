package io.github.camelhh1.examples.filedrop.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The folder and its five subfolders: photos go in, videos come out, sources end in done or failed. */
public record DropFolder(Path root) {
    private static final Set<String> PHOTO_EXTENSIONS = Set.of("jpg", "jpeg", "png", "webp");

    public DropFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path in() {
        return root.resolve("in");
    }

    public Path out() {
        return root.resolve("out");
    }

    public Path done() {
        return root.resolve("done");
    }

    public Path failed() {
        return root.resolve("failed");
    }

    /** The place of the video of this base name. */
    public Path video(String name) {
        return out().resolve(name + ".mp4");
    }

    /** The place of the record beside it. */
    public Path record(String name) {
        return out().resolve(name + ".json");
    }

    /** Where videos grow until they are whole; hidden, so that nobody takes half a video. */
    public Path downloads() {
        return root.resolve(".downloads");
    }

    /** Deletes the files of a subfolder. */
    public static void empty(Path room) throws IOException {
        delete(room, "");
    }

    /** Deletes what a killed program left of videos that were still growing. Whole ones stay: they may be the only copy. */
    public void deleteParts() throws IOException {
        delete(downloads(), ".part");
    }

    private static void delete(Path room, String ending) throws IOException {
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    /** Prefix of the ledger's database and the files beside it; application.properties names it. */
    public static boolean isOfTheLedger(Path file) {
        return file.getFileName().toString().startsWith(".hh1.db");
    }

    public void create() throws IOException {
        for (Path room : List.of(in(), out(), done(), failed(), downloads())) {
            Files.createDirectories(room);
        }
    }

    /** The photos that wait, by name. */
    public List<Path> photos() {
        return photos(in());
    }

    /** The photos in a subfolder, by name. */
    static List<Path> photos(Path room) {
        try (Stream<Path> files = Files.list(room)) {
            return files.filter(file -> isPhoto(file) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + room, e);
        }
    }

    /** Judged by the name. The component judges the content. */
    public static boolean isPhoto(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".")
                && PHOTO_EXTENSIONS.contains(extension(name).toLowerCase(Locale.ROOT));
    }

    /** {@code cat} of {@code cat.jpg}. */
    public static String baseName(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** {@code jpg} of {@code cat.jpg}. */
    static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
