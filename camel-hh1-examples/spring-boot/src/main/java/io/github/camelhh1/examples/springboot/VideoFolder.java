package io.github.camelhh1.examples.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The requests of callers as files, each named by its key: the request, the photo until its video is there, the video, or
 * a note of a failure. A file appears whole or not at all. Safe for use by many threads of one process.
 */
final class VideoFolder {
    static final long LONGEST_PHOTO = 20L << 20;

    private final Duration delay;
    /** By key. After a restart each photo is tried at once. */
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    private final Path requests;
    private final Path photos;
    private final Path videos;
    private final Path failures;

    /** A photo whose request was not sent, and the reason. */
    private record Waiting(String reason, Instant until) {}

    /** @param delay after which a photo is tried again whose request was not sent */
    VideoFolder(Path folder, Duration delay) throws IOException {
        this.delay = delay;
        requests = Files.createDirectories(folder.resolve("requests"));
        photos = Files.createDirectories(folder.resolve("photos"));
        videos = Files.createDirectories(folder.resolve("out"));
        failures = Files.createDirectories(folder.resolve("failed"));
    }

    /** The state of a photo. */
    enum Accepted {
        NEW,
        REPEATED,
        KEY_USED_FOR_ANOTHER,
        EMPTY,
        TOO_LONG,
        NO_IMAGE
    }

    /** The photo is on disk before this returns: a caller that got 202 never needs to send it again. */
    Accepted accept(String key, String prompt, InputStream photo) throws IOException {
        Path part = Files.createTempFile(requests, ".", ".part");
        try {
            var digest = sha256();
            long length = copy(new DigestInputStream(photo, digest), part);
            if (length == 0) {
                return Accepted.EMPTY;
            } else if (length > LONGEST_PHOTO) {
                return Accepted.TOO_LONG;
            }
            Optional<String> extension = extension(part);
            if (extension.isEmpty()) {
                return Accepted.NO_IMAGE;
            }
            var request = new Properties();
            request.setProperty("photo", HexFormat.of().formatHex(digest.digest()));
            request.setProperty("prompt", prompt);
            return accept(key, request, part, extension.get());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The photo is here whole: a caller that sends it slowly holds back no other. */
    private synchronized Accepted accept(String key, Properties request, Path photo, String extension)
            throws IOException {
        Path known = requests.resolve(key + ".properties");
        if (Files.exists(known) && !read(known).equals(request)) {
            return Accepted.KEY_USED_FOR_ANOTHER;
        } else if (isUnderWay(key)) {
            return Accepted.REPEATED;
        }
        write(known, request);
        deleteFailure(key);
        Files.move(photo, photos.resolve(key + extension), StandardCopyOption.ATOMIC_MOVE);
        return Accepted.NEW;
    }

    private boolean isUnderWay(String key) throws IOException {
        return video(key).isPresent() || photo(key).isPresent();
    }

    String prompt(String key) throws IOException {
        return read(requests.resolve(key + ".properties")).getProperty("prompt", "");
    }

    boolean isKnown(String key) {
        return Files.exists(requests.resolve(key + ".properties"));
    }

    Optional<Path> video(String key) {
        return Optional.of(videos.resolve(key + ".mp4")).filter(Files::exists);
    }

    Optional<String> failure(String key) throws IOException {
        Path note = failures.resolve(key + ".txt");
        return Files.exists(note) ? Optional.of(Files.readString(note)) : Optional.empty();
    }

    void tryLater(String key, String reason) {
        waiting.put(key, new Waiting(reason, Instant.now().plus(delay)));
    }

    /** Whether the photo may be tried now; it waits no longer then. */
    boolean isDue(String key) {
        return waiting.computeIfPresent(key, (same, wait) -> Instant.now().isBefore(wait.until()) ? wait : null)
                == null;
    }

    Optional<String> waitsBecause(String key) {
        return Optional.ofNullable(waiting.get(key)).map(Waiting::reason);
    }

    /** The note first: a photo that lies in both places is made again, and paid once. */
    void fail(String key, String note) throws IOException {
        Path part = Files.createTempFile(failures, ".", ".part");
        Files.writeString(part, note);
        Files.move(part, failures.resolve(key + ".txt"), StandardCopyOption.ATOMIC_MOVE);
    }

    void deleteFailure(String key) throws IOException {
        Files.deleteIfExists(failures.resolve(key + ".txt"));
    }

    private Optional<Path> photo(String key) throws IOException {
        try (Stream<Path> files = Files.list(photos)) {
            return files.filter(file -> file.getFileName().toString().startsWith(key + "."))
                    .findFirst();
        }
    }

    /** By the content of the file, not by the sender's header. */
    private static Optional<String> extension(Path photo) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(photo)) {
            start = in.readNBytes(12);
        }
        String hex = HexFormat.of().formatHex(start);
        if (hex.startsWith("ffd8ff")) {
            return Optional.of(".jpg");
        } else if (hex.startsWith("89504e470d0a1a0a")) {
            return Optional.of(".png");
        }
        return hex.startsWith("52494646") && hex.endsWith("57454250") ? Optional.of(".webp") : Optional.empty();
    }

    private static long copy(InputStream in, Path file) throws IOException {
        long length = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            var buffer = new byte[64 << 10];
            for (int read; length <= LONGEST_PHOTO && (read = in.read(buffer)) >= 0; length += read) {
                out.write(buffer, 0, read);
            }
        }
        return length;
    }

    private static Properties read(Path file) throws IOException {
        var properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }

    private void write(Path file, Properties properties) throws IOException {
        Path part = Files.createTempFile(requests, ".", ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            properties.store(out, null);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
