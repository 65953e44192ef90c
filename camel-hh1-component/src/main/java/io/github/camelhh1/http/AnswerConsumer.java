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

/** Reads a small answer whole, and gives up on one that is not small. */
final class AnswerConsumer implements AsyncResponseConsumer<HttpEnding.Answer> {
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private volatile int status;
    private Map<String, String> headers = Map.of();
    private @Nullable FutureCallback<HttpEnding.Answer> whole;

    AnswerConsumer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<HttpEnding.Answer> callback)
            throws IOException {
        headers = headers(response);
        status = response.getCode();
        if (entity == null) {
            callback.completed(new HttpEnding.Answer(status, headers, ""));
        } else if (entity.getContentLength() > maxBytes) {
            throw tooLong();
        } else {
            whole = callback;
        }
    }

    /** What is known of an answer that began; null when none did. */
    HttpEnding.@Nullable Answer begun() {
        return status == 0 ? null : new HttpEnding.Answer(status, headers, "");
    }

    static Map<String, String> headers(HttpResponse response) {
        var headers = new HashMap<String, String>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
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
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (whole != null) {
            whole.completed(new HttpEnding.Answer(status, headers, bytes.toString(StandardCharsets.UTF_8)));
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
        // Told to the call's callback as well, which is where it is read.
    }

    @Override
    public void releaseResources() {
        bytes.reset();
    }
}
