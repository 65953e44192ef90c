package io.github.camelhh1.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Takes an answer as it comes. Called by one of the client's own threads, in order, never by two at once: whatever a
 * method does, the socket is not read meanwhile, and nothing piles up in memory. An exception ends the call.
 */
public interface HttpSink {

    /**
     * Before any byte of the body.
     *
     * @param headers by lower-case name; of a repeated header the first
     */
    void begin(int status, Map<String, String> headers) throws IOException;

    /** The next piece of the body; it is the sink's only during the call. */
    void write(ByteBuffer piece) throws IOException;
}
