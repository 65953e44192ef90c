package io.github.camelhh1.download;

import io.github.camelhh1.download.DownloadResult.Failed;
import io.github.camelhh1.download.DownloadResult.Repeat;
import io.github.camelhh1.http.HttpCall;
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
 * Adds one answer to the part of a video that is here, and remembers its objection to the answer. Synchronized, because
 * another thread closes it when the answer is given up, while the client may still be writing: once closed, it adds
 * nothing more.
 */
final class PartSink implements HttpCall.Sink, AutoCloseable {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    /** Codings under which the bytes are not the video's. Stores name others, and even none, of files kept as they are. */
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
    private @Nullable Failed objection;
    private boolean closed;

    PartSink(Partial partial, long maxBytes, LongSupplier nanoTime) {
        this.partial = partial;
        this.askedForTheRest = partial.canGoOn();
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        this.lastByte = nanoTime.getAsLong();
    }

    @Override
    public synchronized void begin(int answered, Map<String, String> named) throws IOException {
        arrived();
        status = answered;
        headers = named;
        if (!isVideo()) {
            throw new IOException("the body of an answer with status " + status + " is not read");
        }
        String codings = headers.getOrDefault("content-encoding", "").toLowerCase(Locale.ROOT);
        if (BETWEEN_CODINGS.splitAsStream(codings).anyMatch(CHANGING::contains)) {
            throw refused("the server encoded the video, which was not asked for", Repeat.NEVER);
        }
        if (status == OK) {
            fromTheStart(new ServerFile(headers));
        } else {
            theRest();
        }
        receiving = true;
    }

    private void arrived() throws IOException {
        lastByte = nanoTime.getAsLong();
        if (closed) {
            throw new InterruptedIOException("the download was given up");
        }
    }

    private void fromTheStart(ServerFile whole) throws IOException {
        if (whole.length() > maxBytes) {
            throw tooLong();
        }
        try {
            partial.begin(whole);
        } catch (IOException e) {
            throw broken("cannot write to the directory " + partial.directory(), e);
        }
    }

    private void theRest() throws IOException {
        String misfit = partial.goOn(headers);
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
        arrived();
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
        objection = Failed.of(repeat, why, null, status);
        return new IOException(why);
    }

    private IOException broken(String why, IOException cause) {
        objection = Failed.of(Repeat.NEVER, why, cause, status);
        return cause;
    }

    /** Whether the answer is the one that was asked for, not a refusal or a redirect. */
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

    /** The failure of the attempt where this sink ended the answer; null when it did not. */
    synchronized @Nullable Failed objection() {
        return objection;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
