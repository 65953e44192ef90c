package io.github.camelhh1.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Collects a request's head, up to the empty line that ends it. */
final class HeadReader {
    private static final int LIMIT = 256 * 1024;
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int endMatched;

    /** Takes one byte; returns the head once it is whole, and is then ready for the next. */
    @Nullable
    Head take(byte b) throws WireException {
        bytes.write(b);
        endMatched = b == END[endMatched] ? endMatched + 1 : b == '\r' ? 1 : 0;
        if (endMatched < END.length) {
            if (bytes.size() > LIMIT) {
                throw new WireException("a request head that does not end");
            }
            return null;
        }
        Head head = Head.parse(bytes.toString(StandardCharsets.ISO_8859_1));
        bytes.reset();
        endMatched = 0;
        return head;
    }
}
