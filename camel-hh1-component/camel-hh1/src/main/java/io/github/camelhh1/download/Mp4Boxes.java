package io.github.camelhh1.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads headers and small pieces of the boxes of an MP4 file, up to a fixed number of boxes: neither the sizes that a file
 * claims nor its nesting decide how much memory or time it takes.
 */
final class Mp4Boxes {
    static final int FTYP = type("ftyp");
    static final int MDAT = type("mdat");
    static final int MFRA = type("mfra");
    static final int MOOF = type("moof");
    static final int MOOV = type("moov");

    /** Boxes that some writers leave before the first one that counts. */
    private static final Set<Integer> PADDING = Set.of(type("free"), type("skip"), type("wide"), type("uuid"));

    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;
    /** A fragmented file has two boxes per fragment; more than this is no video of some seconds. */
    private static final int MOST = 10_000;

    /** So many bytes may stand before {@code ftyp}. */
    private static final int MOST_BEFORE = 64 * 1024;

    /** Reads by position, as a file channel does: at least one byte unless the target is full; negative at the end. */
    @FunctionalInterface
    interface Source {
        int read(ByteBuffer target, long position) throws IOException;
    }

    /**
     * Where the content of a box begins, and where it ends.
     *
     * @param type its four characters, as one number
     */
    record Box(int type, long start, long end) {}

    /** Why a file is no video. The sentence can be shown. */
    static final class Flaw extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean cut;

        private Flaw(String message, boolean cut) {
            // Without a stack trace: the file's author must not make this expensive.
            super(message, null, false, false);
            this.cut = cut;
        }

        static Flaw foreign(String message) {
            return new Flaw(message, false);
        }

        static Flaw cut(String message) {
            return new Flaw(message, true);
        }

        /** Whether more bytes at its end could make it whole. */
        boolean isCut() {
            return cut;
        }
    }

    private final Source source;
    private final ByteBuffer header = ByteBuffer.allocate(LARGE_HEADER);
    private int read;

    Mp4Boxes(Source source) {
        this.source = source;
    }

    static int type(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    /** A box at the file's beginning: {@code ftyp}, or a small one before it. */
    Box first(long position, long end) throws IOException, Flaw {
        int type = header(position, end);
        if (type != FTYP && !PADDING.contains(type)) {
            throw foreign();
        }
        Box box = sized(type, position, end);
        if (type != FTYP && box.end() > MOST_BEFORE) {
            throw foreign();
        }
        return box;
    }

    private Flaw foreign() {
        return Flaw.foreign("it is no MP4 file (it begins with " + printable(header) + ")");
    }

    /**
     * Whether the header that was read last is none: its bytes are no name of a box, or end before it.
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
    Box box(long position, long end) throws IOException, Flaw {
        return sized(header(position, end), position, end);
    }

    /** Its type. */
    private int header(long position, long end) throws IOException, Flaw {
        if (++read > MOST) {
            throw Flaw.foreign("it has more than " + MOST + " boxes");
        }
        fill(header.clear().limit((int) Math.min(LARGE_HEADER, end - position)), position);
        header.flip();
        if (header.remaining() < HEADER) {
            throw position == 0
                    ? Flaw.foreign("it is no MP4 file")
                    : Flaw.cut("it is cut: half a box header at byte " + position);
        }
        return header.getInt(Integer.BYTES);
    }

    private Box sized(int type, long position, long end) throws Flaw {
        long size = Integer.toUnsignedLong(header.getInt(0));
        int before = HEADER;
        if (size == 0) {
            size = end - position;
        } else if (size == 1) {
            if (header.remaining() < LARGE_HEADER) {
                throw Flaw.cut("it is cut: half a box header at byte " + position);
            }
            size = header.getLong(HEADER);
            before = LARGE_HEADER;
        }
        if (size < before) {
            throw Flaw.foreign("its box at byte " + position + " has an impossible size");
        }
        if (size > end - position) {
            throw Flaw.cut("it is cut: its box at byte " + position + " ends beyond byte " + end);
        }
        return new Box(type, position + before, position + size);
    }

    /** The first {@code most} bytes of a box's content, or all where that is less. */
    ByteBuffer content(Box box, int most) throws IOException {
        var content = ByteBuffer.allocate((int) Math.min(most, box.end() - box.start()));
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
