package io.github.camelhh1.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands an answer to a sink on the I/O thread that read it. A sink that writes to a file spends microseconds per piece
 * there, less than a hop to another thread costs, and the unread socket holds the sender back.
 */
final class AnswerReader implements AsyncResponseConsumer<HttpResult.Answer> {
    private final HttpCall.Sink sink;
    private final IntFunction<@Nullable IOException> refusal;
    private volatile HttpResult.@Nullable Answer begun;
    private @Nullable FutureCallback<HttpResult.Answer> whole;

    /** @param refusal of an answer with this status, which ends the call; null for none */
    AnswerReader(HttpCall.Sink sink, IntFunction<@Nullable IOException> refusal) {
        this.sink = sink;
        this.refusal = refusal;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<HttpResult.Answer> callback)
            throws IOException {
        IOException refused = refusal.apply(response.getCode());
        if (refused != null) {
            throw refused;
        }
        var headers = new HashMap<String, String>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        var answer = new HttpResult.Answer(response.getCode(), headers, "");
        begun = answer;
        sink.begin(answer.status(), headers);
        if (entity == null) {
            callback.completed(answer);
        } else {
            whole = callback;
        }
    }

    /** Status and headers of an answer that began; null when none did. */
    HttpResult.@Nullable Answer begun() {
        return begun;
    }

    @Override
    public void consume(ByteBuffer piece) throws IOException {
        sink.write(piece);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        HttpResult.Answer answer = begun;
        if (whole != null && answer != null) {
            String text = sink instanceof Text kept ? kept.bytes.toString(StandardCharsets.UTF_8) : "";
            whole.completed(new HttpResult.Answer(answer.status(), answer.headers(), text));
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx says nothing about the outcome.
    }

    @Override
    public void failed(Exception cause) {
        // The call's callback fails as well, and reports it.
    }

    @Override
    public void releaseResources() {
        // The sink's owner closes what it opened.
    }

    /** Keeps a small answer in memory. A longer one is refused. */
    static final class Text implements HttpCall.Sink {
        private final int maxBytes;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private int status;

        Text(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public void begin(int answered, Map<String, String> headers) {
            status = answered;
        }

        @Override
        public void write(ByteBuffer piece) throws IOException {
            if (bytes.size() + piece.remaining() > maxBytes) {
                throw new IOException("the answer is longer than " + maxBytes + " bytes (HTTP status " + status + ")");
            }
            byte[] taken = new byte[piece.remaining()];
            piece.get(taken);
            bytes.writeBytes(taken);
        }
    }
}
