package io.github.camelhh1.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Reads an answer: its status and headers here, its body in a subclass. */
abstract class AnswerReader implements AsyncResponseConsumer<HttpResult.Answer> {
    private volatile int status;
    private Map<String, String> headers = Map.of();
    private @Nullable FutureCallback<HttpResult.Answer> whole;

    /** Before any byte of the body; null when there is none. May refuse by throwing. */
    abstract void begin(int answered, Map<String, String> named, @Nullable EntityDetails entity) throws IOException;

    /** Of a body that was read to its end. */
    abstract String text();

    @Override
    public final void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<HttpResult.Answer> callback)
            throws IOException {
        headers = headers(response);
        status = response.getCode();
        begin(status, headers, entity);
        if (entity == null) {
            callback.completed(new HttpResult.Answer(status, headers, ""));
        } else {
            whole = callback;
        }
    }

    private static Map<String, String> headers(HttpResponse response) {
        var headers = new HashMap<String, String>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    /** What is known of an answer that began; null when none did. */
    final HttpResult.@Nullable Answer begun() {
        return status == 0 ? null : new HttpResult.Answer(status, headers, "");
    }

    @Override
    public final void streamEnd(@Nullable List<? extends Header> trailers) {
        if (whole != null) {
            whole.completed(new HttpResult.Answer(status, headers, text()));
        }
    }

    @Override
    public final void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public final void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx says nothing about the outcome.
    }

    @Override
    public final void failed(Exception cause) {
        // Told to the call's callback as well, which is where it is read.
    }

    /** Reads a small answer whole, and gives up on one that is not small. */
    static final class Whole extends AnswerReader {
        private final int maxBytes;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private int status;

        Whole(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        void begin(int answered, Map<String, String> named, @Nullable EntityDetails entity) throws IOException {
            status = answered;
            if (entity != null && entity.getContentLength() > maxBytes) {
                throw tooLong();
            }
        }

        @Override
        public void consume(ByteBuffer piece) throws IOException {
            if (bytes.size() + piece.remaining() > maxBytes) {
                throw tooLong();
            }
            byte[] taken = new byte[piece.remaining()];
            piece.get(taken);
            bytes.write(taken);
        }

        private IOException tooLong() {
            return new IOException("the answer is longer than " + maxBytes + " bytes (HTTP status " + status + ")");
        }

        @Override
        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void releaseResources() {
            bytes.reset();
        }
    }

    /**
     * Hands each piece to the sink on the I/O thread that read it. A sink that writes to a file spends microseconds per
     * piece there, less than a hop to another thread costs, and the unread socket holds the sender back.
     */
    static final class Pieces extends AnswerReader {
        private final HttpSink sink;

        Pieces(HttpSink sink) {
            this.sink = sink;
        }

        @Override
        void begin(int answered, Map<String, String> named, @Nullable EntityDetails entity) throws IOException {
            sink.begin(answered, named);
        }

        @Override
        public void consume(ByteBuffer piece) throws IOException {
            sink.write(piece);
        }

        /** The sink has it. */
        @Override
        String text() {
            return "";
        }

        @Override
        public void releaseResources() {
            // The sink's owner closes what it opened.
        }
    }
}
