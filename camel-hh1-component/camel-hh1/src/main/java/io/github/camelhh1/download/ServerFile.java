package io.github.camelhh1.download;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file as its server describes it, so that the rest that is fetched later is the rest of the same file (RFC 9110,
 * 13.1.5).
 */
final class ServerFile {
    private static final String ETAG = "etag";
    private static final String LAST_MODIFIED = "last-modified";
    private static final Pattern PART = Pattern.compile("(?i)bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private static final Pattern NO_PART = Pattern.compile("(?i)bytes\\s+\\*/(\\d{1,18})");

    private final Map<String, String> headers;
    private long length;

    /** @param headers of an answer that holds the file from its first byte on */
    ServerFile(Map<String, String> headers) {
        this.headers = headers;
        this.length = announced(headers);
    }

    private static long announced(Map<String, String> headers) {
        try {
            return Long.parseLong(headers.getOrDefault("content-length", "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** -1 when the server did not say. */
    long length() {
        return length;
    }

    /** The value that tells this state of the file from another; null when there is none strong enough. */
    @Nullable
    String validator() {
        String tag = headers.get(ETAG);
        if (tag != null) {
            return tag.startsWith("\"") ? tag : null;
        }
        // A file that was changed within the second of the answer can be changed again in that second (8.8.2.2).
        Instant modified = instant(headers.get(LAST_MODIFIED));
        Instant answered = instant(headers.get("date"));
        return modified != null && answered != null && modified.isBefore(answered) ? headers.get(LAST_MODIFIED) : null;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether an answer with these headers names another state of the file; most name none. */
    boolean isContradictedBy(Map<String, String> other) {
        String validator = validator();
        String named = other.get(headers.containsKey(ETAG) ? ETAG : LAST_MODIFIED);
        return validator != null && named != null && !named.equals(validator);
    }

    /** The headers that ask for the rest; none where the server cannot tell that it is the rest of this file. */
    Map<String, String> askingFrom(long byteNumber) {
        String validator = validator();
        return byteNumber == 0 || validator == null
                ? Map.of()
                : Map.of("Range", "bytes=" + byteNumber + "-", "If-Range", validator);
    }

    /** The server has refused the rest from that byte on. Whether it says that the file ends there. */
    boolean endsAt(@Nullable String contentRange, long byteNumber) {
        Matcher none = NO_PART.matcher(contentRange == null ? "" : contentRange.strip());
        boolean ends =
                none.matches() && Long.parseLong(none.group(1)) == byteNumber && (length < 0 || length == byteNumber);
        length = ends ? byteNumber : length;
        return ends;
    }

    /** An answer with the rest begins. Returns why it is not the rest from that byte on; null when it is. */
    @Nullable
    String goOn(Map<String, String> answer, long from) {
        Matcher part = PART.matcher(answer.getOrDefault("content-range", "").strip());
        boolean named = part.matches();
        long end = named ? Long.parseLong(part.group(2)) + 1 : -1;
        long total = named && !part.group(3).equals("*") ? Long.parseLong(part.group(3)) : -1;
        if (!named || Long.parseLong(part.group(1)) != from || end <= from || (total >= 0 && end > total)) {
            return "the server answered with another part of the video than was asked for";
        }
        long announced = announced(answer);
        if (announced >= 0 && announced != end - from) {
            return "the server's answer is not as long as the part of the video that it names";
        }
        if ((length >= 0 && total >= 0 && total != length) || isContradictedBy(answer)) {
            return "the video changed at the server";
        }
        length = Math.max(length, total);
        return null;
    }
}
