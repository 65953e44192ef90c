package io.github.camelhh1.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One POST.
 *
 * @param maxAnswerBytes a longer answer is a failure
 * @param sendBefore on {@link System#nanoTime}: later than that no byte of the body is sent; null for no limit
 */
public record HttpCall(
        URI uri,
        Map<String, String> headers,
        Body body,
        int maxAnswerBytes,
        @Nullable Long sendBefore) {

    /** A JSON request body of known length that is read as it is sent. */
    public interface Body {

        /** Bytes. */
        long length();

        /** From the first byte; closed by the transport. */
        InputStream open() throws IOException;
    }

    /**
     * Takes an answer as it comes. Called by one of the client's own threads, in order, never by two at once. The socket
     * is not read while a method runs, so nothing piles up in memory. An exception ends the call.
     */
    public interface Sink {

        /**
         * Before any byte of the body.
         *
         * @param headers by lower-case name; of a repeated header the first
         */
        void begin(int status, Map<String, String> headers) throws IOException;

        /** The next piece of the body; it is the sink's only during the call. */
        void write(ByteBuffer piece) throws IOException;
    }

    /** The time in which a request's body had to begin had passed: none of it was sent. */
    public static final class TooLateException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLateException() {
            super("the request could not begin in time");
        }
    }

    /** Without the headers: one of them holds the key. */
    @Override
    public String toString() {
        return "POST " + uri;
    }
}
