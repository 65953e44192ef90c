package io.github.camelhh1.simulator.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of a file; {@code end} is the position after its last byte. */
public record ByteRange(long start, long end) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The part of so many bytes that a {@code Range} header asks for; {@code null} when there is none. Only single ranges count. */
    public static @Nullable ByteRange of(String header, long size) {
        Matcher range = SINGLE.matcher(header);
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return new ByteRange(0, size);
        }
        if (range.group(1).isEmpty()) {
            return satisfiable(size - Long.parseLong(range.group(2)), size, size);
        }
        long end = range.group(2).isEmpty() ? size : Long.parseLong(range.group(2)) + 1;
        return satisfiable(Long.parseLong(range.group(1)), end, size);
    }

    public long length() {
        return end - start;
    }

    private static @Nullable ByteRange satisfiable(long start, long end, long size) {
        return start >= size || start >= end ? null : new ByteRange(Math.max(0, start), Math.min(end, size));
    }
}
