package io.github.camelhh1.link;

import io.github.camelhh1.http.HttpSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps the first bytes of an answer in memory, and ends it there. */
final class StartSink implements HttpSink {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final Pattern TOTAL = Pattern.compile("bytes 0-\\d{1,18}/(\\d{1,18})");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int status;
    private Map<String, String> headers = Map.of();

    StartSink(int most) {
        this.most = most;
    }

    @Override
    public synchronized void begin(int status, Map<String, String> headers) throws IOException {
        this.status = status;
        this.headers = headers;
        if (status != OK && status != PARTIAL) {
            throw new IOException("the body of an answer with status " + status + " is not read");
        }
    }

    @Override
    public synchronized void write(ByteBuffer piece) throws IOException {
        byte[] bytes = new byte[Math.min(piece.remaining(), most - kept.size())];
        piece.get(bytes);
        kept.writeBytes(bytes);
        if (isFull()) {
            throw new IOException("the rest is not asked for");
        }
    }

    synchronized boolean isFull() {
        return kept.size() >= most;
    }

    synchronized int status() {
        return status;
    }

    synchronized @Nullable String header(String name) {
        return headers.get(name);
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    /** Why these are not the first bytes of the thing itself; null when they are. */
    synchronized @Nullable String problem() {
        if (status != OK && status != PARTIAL) {
            return "its host answered with HTTP status " + status;
        } else if (status == PARTIAL && total() < 0) {
            return "its host answered with another part than the first";
        }
        return headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity")
                ? null
                : "its host encoded it, which was not asked for";
    }

    /** Bytes of the whole; -1 when the answer does not say. */
    synchronized long total() {
        if (status == PARTIAL) {
            Matcher range = TOTAL.matcher(headers.getOrDefault("content-range", ""));
            return range.matches() ? Long.parseLong(range.group(1)) : -1;
        }
        String length = headers.getOrDefault("content-length", "");
        return LENGTH.matcher(length).matches() ? Long.parseLong(length) : -1;
    }
}
