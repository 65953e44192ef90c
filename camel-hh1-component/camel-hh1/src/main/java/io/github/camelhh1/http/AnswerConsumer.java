package io.github.camelhh1.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.core5.http.EntityDetails;
import org.jspecify.annotations.Nullable;

/** Reads a small answer whole, and gives up on one that is not small. */
final class AnswerConsumer extends AnswerReader {
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private int status;

    AnswerConsumer(int maxBytes) {
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
