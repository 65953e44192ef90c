package io.github.camelhh1.download.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads headers of boxes and small pieces of what they hold, so many in all and no more: neither the sizes that a file
 * claims nor how it is nested decide how much memory or time it takes.
 */
final class BoxReader {
    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;
    /** A fragmented file has two boxes per fragment; more than this is no video of some seconds. */
    private static final int MOST = 10_000;

    /** So many bytes may stand before {@code ftyp}. */
    private static final int MOST_BEFORE = 64 * 1024;

    private final ByteSource source;
    private final ByteBuffer header = ByteBuffer.allocate(LARGE_HEADER);
    private int read;

    BoxReader(ByteSource source) {
        this.source = source;
    }

    /** A box at the file's beginning: {@code ftyp}, or a small one before it. */
    Box first(long position, long end) throws IOException, Mp4Flaw {
        int type = header(position, end);
        if (type != Box.FTYP && !Box.isPadding(type)) {
            throw foreign();
        }
        Box box = sized(type, position, end);
        if (type != Box.FTYP && box.end() > MOST_BEFORE) {
            throw foreign();
        }
        return box;
    }

    private Mp4Flaw foreign() {
        return Mp4Flaw.foreign("it is no MP4 file (it begins with " + printable(header) + ")");
    }

    /**
     * Whether the header that was read last is none: what stands there is no name of a box, or ends before it.
     *
     * @param isExpected whether another box may follow; its size begins with a zero, and may be padding while it has no
     *     other byte
     */
    boolean isNoHeader(boolean isExpected) {
        int begun = 0;
        for (int at = 0; at < Math.min(header.limit(), HEADER); at++) {
            if (at >= Integer.BYTES && (header.get(at) < ' ' || header.get(at) > '~')) {
                return true;
            }
            begun |= header.get(at);
        }
        return header.limit() < HEADER && !(isExpected && header.get(0) == 0 && begun != 0);
    }

    /** The box whose header begins at {@code position}, which must be before {@code end}; it ends there at the latest. */
    Box box(long position, long end) throws IOException, Mp4Flaw {
        return sized(header(position, end), position, end);
    }

    /** Its type. */
    private int header(long position, long end) throws IOException, Mp4Flaw {
        if (++read > MOST) {
            throw Mp4Flaw.foreign("it has more than " + MOST + " boxes");
        }
        fill(header.clear().limit((int) Math.min(LARGE_HEADER, end - position)), position);
        header.flip();
        if (header.remaining() < HEADER) {
            throw position == 0
                    ? Mp4Flaw.foreign("it is no MP4 file")
                    : Mp4Flaw.cut("it is cut: half a box header at byte " + position);
        }
        return header.getInt(Integer.BYTES);
    }

    private Box sized(int type, long position, long end) throws Mp4Flaw {
        long size = Integer.toUnsignedLong(header.getInt(0));
        int before = HEADER;
        if (size == 0) {
            size = end - position;
        } else if (size == 1) {
            if (header.remaining() < LARGE_HEADER) {
                throw Mp4Flaw.cut("it is cut: half a box header at byte " + position);
            }
            size = header.getLong(HEADER);
            before = LARGE_HEADER;
        }
        if (size < before) {
            throw Mp4Flaw.foreign("its box at byte " + position + " has an impossible size");
        }
        if (size > end - position) {
            throw Mp4Flaw.cut("it is cut: its box at byte " + position + " ends beyond byte " + end);
        }
        return new Box(type, position + before, position + size);
    }

    /** The first {@code most} bytes of what a box holds, or all where that is less. */
    ByteBuffer content(Box box, int most) throws IOException {
        var content = ByteBuffer.allocate((int) Math.min(most, box.length()));
        fill(content, box.start());
        return content.flip();
    }

    private void fill(ByteBuffer target, long position) throws IOException {
        int begun = target.position();
        while (target.hasRemaining() && source.read(target, position + target.position() - begun) >= 0) {
            // A read may give less than was asked for.
        }
    }

    private static String printable(ByteBuffer header) {
        String text = StandardCharsets.ISO_8859_1
                .decode(header.duplicate())
                .toString()
                .replaceAll("[^\\x20-\\x7e]", ".");
        return "\"" + text + "\"";
    }
}
