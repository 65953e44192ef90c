package io.github.camelhh1.download;

import io.github.camelhh1.download.AttemptResult.Repeat;
import io.github.camelhh1.http.HttpSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds one answer to what is here of a video, and remembers what was wrong with it. Synchronized, because an answer that
 * is given up is closed by another thread while the client may still be writing: once closed, it adds nothing more.
 */
final class PartSink implements HttpSink, AutoCloseable {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;

    /** Codings under which the bytes are not the video's. Stores name others, and even none, of what they keep as it is. */
    private static final Set<String> CHANGING =
            Set.of("gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress");

    private static final Pattern BETWEEN_CODINGS = Pattern.compile("[,\\s]+");

    private final Partial partial;
    private final boolean askedForTheRest;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private volatile long lastByte;
    private volatile long received;
    private volatile boolean receiving;
    private int status;
    private Map<String, String> headers = Map.of();
    private @Nullable AttemptResult objection;
    private boolean closed;

    PartSink(Partial partial, long maxBytes, LongSupplier nanoTime) {
        this.partial = partial;
        this.askedForTheRest = partial.canGoOn();
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        this.lastByte = nanoTime.getAsLong();
    }

    @Override
    public synchronized void begin(int status, Map<String, String> headers) throws IOException {
        lastByte = nanoTime.getAsLong();
        if (closed) {
            throw new InterruptedIOException("the download was given up");
        }
        this.status = status;
        this.headers = headers;
        if (!isVideo()) {
            throw new IOException("the body of an answer with status " + status + " is not read");
        }
        if (isEncoded(headers.getOrDefault("content-encoding", ""))) {
            throw refused("the server encoded the video, which was not asked for", Repeat.NEVER);
        }
        if (status == OK) {
            fromTheStart();
        } else {
            theRest();
        }
        receiving = true;
    }

    private static boolean isEncoded(String codings) {
        return BETWEEN_CODINGS.splitAsStream(codings.toLowerCase(Locale.ROOT)).anyMatch(CHANGING::contains);
    }

    private void fromTheStart() throws IOException {
        long announced = ContentRange.announced(headers);
        if (announced > maxBytes) {
            throw tooLong();
        }
        try {
            partial.begin(headers, announced);
        } catch (IOException e) {
            throw broken("cannot write to the directory " + partial.directory(), e);
        }
    }

    private void theRest() throws IOException {
        String misfit = partial.misfit(headers, ContentRange.announced(headers));
        if (misfit != null) {
            partial.discard();
            throw refused(misfit, Repeat.A_FEW_TIMES);
        }
        if (partial.promised() > maxBytes) {
            throw tooLong();
        }
    }

    @Override
    public synchronized void write(ByteBuffer piece) throws IOException {
        lastByte = nanoTime.getAsLong();
        if (closed) {
            throw new InterruptedIOException("the download was given up");
        }
        received += piece.remaining();
        if (partial.length() + piece.remaining() > maxBytes) {
            throw tooLong();
        }
        try {
            partial.append(piece);
        } catch (IOException e) {
            throw broken("cannot write the video to the directory " + partial.directory(), e);
        }
    }

    private IOException tooLong() {
        return refused("the video is longer than maxVideoSize (" + maxBytes + " bytes)", Repeat.NEVER);
    }

    private IOException refused(String why, Repeat repeat) {
        objection = AttemptResult.failed(repeat, why, null, status);
        return new IOException(why);
    }

    private IOException broken(String why, IOException cause) {
        objection = AttemptResult.failed(Repeat.NEVER, why, cause, status);
        return cause;
    }

    /** Whether the answer is what was asked for, not a refusal or a redirect. */
    synchronized boolean isVideo() {
        return status == OK || (status == PARTIAL_CONTENT && askedForTheRest);
    }

    boolean askedForTheRest() {
        return askedForTheRest;
    }

    /** By the timers' clock. */
    long lastByteAt() {
        return lastByte;
    }

    /** Bytes of this answer. */
    long received() {
        return received;
    }

    boolean isReceiving() {
        return receiving;
    }

    /** 0 when no answer came. */
    synchronized int status() {
        return status;
    }

    synchronized @Nullable String header(String name) {
        return headers.get(name);
    }

    /** What it came to where this side ended it; null when it did not. */
    synchronized @Nullable AttemptResult objection() {
        return objection;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
