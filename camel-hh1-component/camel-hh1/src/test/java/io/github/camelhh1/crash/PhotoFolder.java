package io.github.camelhh1.crash;

import io.github.camelhh1.fixture.Images;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where photos lie, and where what becomes of them lies. A photo has the same name in each of its places. */
record PhotoFolder(Path root) {
    static final String PHOTO = ".png";
    static final String VIDEO = ".mp4";
    static final String PART = ".part";
    static final String REASON = ".reason.txt";

    static PhotoFolder in(Path root) {
        var folder = new PhotoFolder(root);
        try {
            for (Path directory :
                    List.of(folder.in(), folder.out(), folder.done(), folder.failed(), folder.temporary())) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    Path in() {
        return root.resolve("in");
    }

    Path out() {
        return root.resolve("out");
    }

    Path done() {
        return root.resolve("done");
    }

    Path failed() {
        return root.resolve("failed");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    String sqlite() {
        return "jdbc:sqlite:" + root.resolve("hh1.db");
    }

    /** Puts a photo in, at once as a whole; no two have the same bytes. */
    void drop(String photo) {
        drop(photo, 0);
    }

    /** The same with so many bytes of filling. */
    void drop(String photo, int bytes) {
        byte[] image = Images.png();
        byte[] name = photo.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(image, image.length + bytes + name.length);
        System.arraycopy(name, 0, whole, image.length + bytes, name.length);
        try {
            Path arriving = Files.write(root.resolve(photo + ".arriving"), whole);
            Files.move(arriving, in().resolve(photo + PHOTO), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The photo whose video has this file name. */
    static String photo(String video) {
        return video.substring(0, video.length() - VIDEO.length());
    }

    /** Names without their ending, of the files with it. */
    static List<String> names(Path directory, String ending) {
        return files(directory).stream()
                .filter(name -> name.endsWith(ending))
                .map(name -> name.substring(0, name.length() - ending.length()))
                .toList();
    }

    static List<String> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws away what was looked at. */
    void clear() {
        for (Path directory : List.of(out(), done(), failed())) {
            files(directory).forEach(name -> Images.delete(directory.resolve(name)));
        }
    }
}
