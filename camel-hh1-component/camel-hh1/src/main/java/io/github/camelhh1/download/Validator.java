package io.github.camelhh1.download;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file on a server from another, so that the rest that is fetched later is the rest of the
 * same file (RFC 9110, 13.1.5).
 *
 * @param header that carries it, in lower case
 */
record Validator(String header, String value) {
    private static final String ETAG = "etag";
    private static final String LAST_MODIFIED = "last-modified";

    /** Of an answer's headers; null when there is none strong enough to join two halves of a file by. */
    static @Nullable Validator of(Map<String, String> headers) {
        String tag = headers.get(ETAG);
        if (tag != null) {
            return tag.startsWith("\"") ? new Validator(ETAG, tag) : null;
        }
        String modified = headers.get(LAST_MODIFIED);
        return modified != null && isOlder(modified, headers.get("date"))
                ? new Validator(LAST_MODIFIED, modified)
                : null;
    }

    /** A file that was changed within the second of the answer can be changed again in that second (8.8.2.2). */
    private static boolean isOlder(String modified, @Nullable String date) {
        Instant changed = instant(modified);
        Instant answered = date == null ? null : instant(date);
        return changed != null && answered != null && changed.isBefore(answered);
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether an answer with these headers says that it is of another state; most say nothing at all. */
    boolean contradicts(Map<String, String> headers) {
        String other = headers.get(header);
        return other != null && !other.equals(value);
    }
}
