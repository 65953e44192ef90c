package io.github.camelhh1.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands each piece to the sink on the I/O thread that read it. A sink that writes to a file spends microseconds per
 * piece there, less than a hop to another thread costs, and the unread socket holds the sender back.
 */
final class StreamConsumer implements AsyncResponseConsumer<HttpEnding.Answer> {
    private final HttpSink sink;
    private int status;
    private Map<String, String> headers = Map.of();
    private @Nullable FutureCallback<HttpEnding.Answer> whole;

    StreamConsumer(HttpSink sink) {
        this.sink = sink;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<HttpEnding.Answer> callback)
            throws IOException {
        status = response.getCode();
        headers = AnswerConsumer.headers(response);
        sink.begin(status, headers);
        if (entity == null) {
            callback.completed(new HttpEnding.Answer(status, headers, ""));
        } else {
            whole = callback;
        }
    }

    @Override
    public void consume(ByteBuffer piece) throws IOException {
        sink.write(piece);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (whole != null) {
            whole.completed(new HttpEnding.Answer(status, headers, ""));
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
        // The sink's owner closes what it opened.
    }
}
