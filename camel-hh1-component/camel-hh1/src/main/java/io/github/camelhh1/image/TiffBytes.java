package io.github.camelhh1.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Numbers as TIFF writes them, in one byte order or the other; EXIF data are a small TIFF. */
record TiffBytes(HeaderBytes bytes, boolean littleEndian) {
    private static final int SHORT = 3;

    /**
     * One entry of a directory.
     *
     * @param count how many values; {@code value} is the first of them only when there is one
     */
    record Entry(int tag, int type, long count, long value) {}

    /** After the eight bytes of the head but for the last four, the place of the first directory; null when it is none. */
    static @Nullable TiffBytes of(HeaderBytes bytes) throws IOException {
        int order = bytes.int16();
        var tiff = new TiffBytes(bytes, order == 0x4949);
        boolean known = order == 0x4949 || order == 0x4d4d;
        return tiff.uint16() == 42 && known ? tiff : null;
    }

    int uint16() throws IOException {
        return littleEndian ? bytes.int16LittleEndian() : bytes.int16();
    }

    long uint32() throws IOException {
        return (littleEndian ? bytes.int32LittleEndian() : bytes.int32()) & 0xffff_ffffL;
    }

    Entry entry() throws IOException {
        int tag = uint16();
        int type = uint16();
        long count = uint32();
        if (type != SHORT) {
            return new Entry(tag, type, count, uint32());
        }
        int value = uint16();
        uint16();
        return new Entry(tag, type, count, value);
    }
}
