package io.github.camelhh1.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.hc.core5.http.EntityDetails;
import org.jspecify.annotations.Nullable;

/**
 * Hands each piece to the sink on the I/O thread that read it. A sink that writes to a file spends microseconds per
 * piece there, less than a hop to another thread costs, and the unread socket holds the sender back.
 */
final class StreamConsumer extends AnswerReader {
    private final HttpSink sink;

    StreamConsumer(HttpSink sink) {
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
