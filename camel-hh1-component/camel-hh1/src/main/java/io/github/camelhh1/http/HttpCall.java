package io.github.camelhh1.http;

import java.net.URI;
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
        HttpBody body,
        int maxAnswerBytes,
        @Nullable Long sendBefore) {

    /** Without the headers: one of them holds the key. */
    @Override
    public String toString() {
        return "POST " + uri;
    }
}
