package io.github.camelhh1.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells a whole MP4 file from a cut or a foreign one by its top-level boxes (ISO/IEC 14496-12): {@code ftyp} is the
 * first, {@code moov} is among them, and their sizes add up to the file's. Reads 16 bytes per box, whatever the file
 * claims.
 */
final class Mp4Check {
    private static final int HEADER = 8;
    private static final int LONG_HEADER = 16;
    /** A fragmented file has two per fragment; more than this is no video of some seconds. */
    private static final int MAX_BOXES = 10_000;

    private static final int FTYP = 0x66747970;
    private static final int MOOV = 0x6d6f6f76;

    private Mp4Check() {}

    /** What is wrong with the file; null when it is whole. */
    static @Nullable String findProblem(FileChannel file) throws IOException {
        long length = file.size();
        var header = ByteBuffer.allocate(LONG_HEADER);
        boolean moov = false;
        long position = 0;
        for (int boxes = 0; position < length; boxes++) {
            if (boxes == MAX_BOXES) {
                return "it has more than " + MAX_BOXES + " top-level boxes";
            }
            read(file, header, position);
            if (header.remaining() < HEADER) {
                return position == 0 ? "it is no MP4 file" : "it is cut: half a box header at byte " + position;
            }
            int type = header.getInt(4);
            if (boxes == 0 && type != FTYP) {
                return "it is no MP4 file (it begins with " + printable(header) + ")";
            }
            long size = size(header, length - position);
            if (size < 0) {
                return "its box at byte " + position + " has an impossible size";
            }
            if (size > length - position) {
                return "it is cut: its box at byte " + position + " ends beyond byte " + length;
            }
            moov |= type == MOOV;
            position += size;
        }
        if (length == 0) {
            return "it is empty";
        }
        return moov ? null : "it has no moov box, so nothing can play it";
    }

    /** Of the box whose header is given; negative when no box can be that small or that large. */
    private static long size(ByteBuffer header, long rest) {
        long size = Integer.toUnsignedLong(header.getInt(0));
        if (size == 0) {
            return rest;
        }
        if (size == 1) {
            long large = header.remaining() < LONG_HEADER ? -1 : header.getLong(HEADER);
            return large < LONG_HEADER ? -1 : large;
        }
        return size < HEADER ? -1 : size;
    }

    private static void read(FileChannel file, ByteBuffer header, long position) throws IOException {
        header.clear();
        while (header.hasRemaining() && file.read(header, position + header.position()) >= 0) {
            // A read may give less than was asked for.
        }
        header.flip();
    }

    private static String printable(ByteBuffer header) {
        String text = StandardCharsets.ISO_8859_1
                .decode(header.duplicate())
                .toString()
                .replaceAll("[^\\x20-\\x7e]", ".");
        return "\"" + text + "\"";
    }
}
