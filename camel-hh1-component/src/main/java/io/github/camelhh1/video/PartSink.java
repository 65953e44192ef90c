package io.github.camelhh1.video;

import io.github.camelhh1.http.HttpSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer to a part file and remembers what was wrong with it. Synchronized, because a download that is given
 * up is closed by another thread while the client may still be writing.
 */
final class PartSink implements HttpSink, AutoCloseable {
    private static final int OK = 200;

    private final Path directory;
    private final String name;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private volatile long lastByte;
    private int status;
    private Map<String, String> headers = Map.of();
    private long length;
    private @Nullable String problem;
    private @Nullable IOException broken;
    private @Nullable PartFile file;
    private boolean closed;

    PartSink(Path directory, String name, long maxBytes, LongSupplier nanoTime) {
        this.directory = directory;
        this.name = name;
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        this.lastByte = nanoTime.getAsLong();
    }

    @Override
    public synchronized void begin(int status, Map<String, String> headers) throws IOException {
        lastByte = nanoTime.getAsLong();
        this.status = status;
        this.headers = headers;
        if (closed) {
            throw new InterruptedIOException("the download was given up");
        }
        if (status != OK) {
            throw new IOException("the body of an answer with status " + status + " is not read");
        }
        String encoding = headers.getOrDefault("content-encoding", "identity").toLowerCase(Locale.ROOT);
        if (!encoding.equals("identity")) {
            throw refused("the server encoded the video, which was not asked for");
        }
        if (announced() > maxBytes) {
            throw tooLong();
        }
        try {
            file = PartFile.create(directory, name);
        } catch (IOException e) {
            throw broken("cannot write to the directory " + directory, e);
        }
    }

    @Override
    public synchronized void write(ByteBuffer piece) throws IOException {
        lastByte = nanoTime.getAsLong();
        if (closed || file == null) {
            throw new InterruptedIOException("the download was given up");
        }
        length += piece.remaining();
        if (length > maxBytes) {
            throw tooLong();
        }
        try {
            while (piece.hasRemaining()) {
                file.channel().write(piece);
            }
        } catch (IOException e) {
            throw broken("cannot write the video to the directory " + directory, e);
        }
    }

    private IOException tooLong() {
        return refused("the video is longer than maxVideoSize (" + maxBytes + " bytes)");
    }

    private IOException refused(String why) {
        problem = why;
        return new IOException(why);
    }

    private IOException broken(String why, IOException cause) {
        problem = why + " (" + cause.getClass().getSimpleName() + ")";
        broken = cause;
        return cause;
    }

    /** The length the server promised; -1 when it did not, or when it is no number. */
    private long announced() {
        try {
            return Long.parseLong(headers.getOrDefault("content-length", "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** By the timers' clock. */
    long lastByteAt() {
        return lastByte;
    }

    /** 0 when no answer came. */
    synchronized int status() {
        return status;
    }

    synchronized @Nullable String header(String name) {
        return headers.get(name);
    }

    synchronized long length() {
        return length;
    }

    /** Why this side ended it; null when it did not. */
    synchronized @Nullable String problem() {
        return problem;
    }

    /** What the file system said, where that was the problem. */
    synchronized @Nullable IOException broken() {
        return broken;
    }

    /** What is wrong with what came; null when it is a whole video. */
    synchronized @Nullable String findProblem() throws IOException {
        if (file == null) {
            return "nothing came";
        }
        long announced = announced();
        if (announced >= 0 && announced != length) {
            return "it is cut: " + length + " of " + announced + " bytes came";
        }
        return Mp4Check.findProblem(file.channel());
    }

    synchronized Path claim() throws IOException {
        if (file == null) {
            throw new IllegalStateException("nothing came");
        }
        return file.claim();
    }

    /** Deletes what was not claimed. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (file != null) {
            file.close();
        }
    }
}
