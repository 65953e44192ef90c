package io.github.camelhh1.http;

import java.net.URI;
import java.util.Map;

/**
 * One POST.
 *
 * @param maxAnswerBytes a longer answer is a failure
 */
public record HttpCall(URI uri, Map<String, String> headers, HttpBody body, int maxAnswerBytes) {

    /** Without the headers: one of them holds the key. */
    @Override
    public String toString() {
        return "POST " + uri;
    }
}
