package io.github.camelhh1.download;

import io.github.camelhh1.download.mp4.Movie;
import io.github.camelhh1.download.mp4.Mp4File;
import io.github.camelhh1.download.mp4.Mp4Flaw;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What is here of a video, from one attempt to the next: its first bytes in a part file, their hash, and what the server
 * said of the whole. Used by one attempt at a time.
 */
final class Partial implements AutoCloseable {
    private final Path directory;
    private final String name;
    private final Executor blocking;
    private @Nullable PartFile file;
    private @Nullable HashBehind hash;
    private @Nullable SyncBehind sync;
    private @Nullable Validator validator;
    private long length;
    private long promised = -1;
    private @Nullable String contentType;

    Partial(Path directory, String name, Executor blocking) {
        this.directory = directory;
        this.name = name;
        this.blocking = blocking;
    }

    Path directory() {
        return directory;
    }

    long length() {
        return length;
    }

    /** Length of the whole video; -1 when the server did not say. */
    long promised() {
        return promised;
    }

    boolean isWhole() {
        return length == promised;
    }

    /** Whether the rest can be asked for: only where the server can tell that it is the rest of the same file. */
    boolean canGoOn() {
        return length > 0 && validator != null;
    }

    /** What to ask with for what is missing. */
    Map<String, String> asking(Map<String, String> always) {
        var headers = new HashMap<>(always);
        if (length > 0 && validator != null) {
            headers.put("Range", "bytes=" + length + "-");
            headers.put("If-Range", validator.value());
        }
        return headers;
    }

    /** An answer begins that holds the video from its first byte on. */
    void begin(Map<String, String> headers, long announced) throws IOException {
        discard();
        if (file == null) {
            file = PartFile.create(directory, name);
            hash = new HashBehind(file.channel(), blocking);
            sync = new SyncBehind(file.channel(), blocking);
        }
        validator = Validator.of(headers);
        contentType = headers.get("content-type");
        promised = announced;
    }

    /** Why an answer is not the rest that was asked for; null when it is. */
    @Nullable
    String misfit(Map<String, String> headers, long announced) {
        ContentRange range = ContentRange.of(headers.get("content-range"));
        if (range == null || range.start() != length) {
            return "the server answered with another part of the video than was asked for";
        }
        if (announced >= 0 && announced != range.length()) {
            return "the server's answer is not as long as the part of the video that it names";
        }
        boolean otherLength = promised >= 0 && range.total() >= 0 && range.total() != promised;
        if (otherLength || (validator != null && validator.contradicts(headers))) {
            return "the video changed at the server";
        }
        promised = Math.max(promised, range.total());
        return null;
    }

    void append(ByteBuffer piece) throws IOException {
        if (file == null || hash == null || sync == null) {
            throw new IllegalStateException("not begun");
        }
        while (piece.hasRemaining()) {
            length += file.channel().write(piece);
        }
        hash.reached(length);
        sync.reached(length);
    }

    /** What came so far is of no use. */
    void discard() throws IOException {
        length = 0;
        promised = -1;
        validator = null;
        if (file != null && hash != null) {
            hash.restart();
            file.channel().truncate(0);
        }
    }

    /** Gives it its name, if it is a whole video. */
    DownloadResult.Downloaded finish() throws IOException, Mp4Flaw {
        if (file == null || hash == null) {
            throw new IllegalStateException("not begun");
        }
        Movie movie = Mp4File.read(file.channel(), isWhole());
        if (file.channel().size() != length) {
            throw new IOException("another program changed the file meanwhile");
        }
        String sha256 = hash.finish(length);
        return new DownloadResult.Downloaded(file.claim(), length, contentType, sha256, movie);
    }

    /** Deletes the part; a finished video has its other name. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
