package io.github.camelhh1.download;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a file an answer holds.
 *
 * @param end of the part, exclusive
 * @param total length of the whole file; -1 when it is not said
 */
record ContentRange(long start, long end, long total) {
    private static final Pattern BYTES = Pattern.compile("(?i)bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** Null when it is missing, or no possible range of bytes. */
    static @Nullable ContentRange of(@Nullable String header) {
        Matcher matcher = BYTES.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()) {
            return null;
        }
        var range = new ContentRange(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)) + 1,
                matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3)));
        return range.start < range.end && (range.total < 0 || range.end <= range.total) ? range : null;
    }

    /** The length that a server promises of an answer; -1 when it does not, or when it is no number. */
    static long announced(Map<String, String> headers) {
        try {
            return Long.parseLong(headers.getOrDefault("content-length", "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    long length() {
        return end - start;
    }
}
