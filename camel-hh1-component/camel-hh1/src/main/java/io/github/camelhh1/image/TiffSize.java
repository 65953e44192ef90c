package io.github.camelhh1.image;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the size from the first directory of a TIFF, where the directory is in the file's first megabytes. */
final class TiffSize {
    static final int ORIENTATION = 0x0112;
    static final int ENTRY_BYTES = 12;

    private static final int SHORT = 3;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int COMPRESSION = 259;
    private static final Set<Long> JPEG = Set.of(6L, 7L);
    private static final int MOST_ENTRIES = 500;
    private static final int LAST_TYPE = 13;
    /** The longest list that a picture needs: a table of colours for 16 bits a pixel. */
    private static final int MOST_VALUES = 3 << 16;

    private static final Set<Integer> BYTES = Set.of(1, 2, 6, 7);

    /**
     * One entry of a directory.
     *
     * @param count number of values; {@code value} is the value only when there is one
     */
    record Entry(int tag, int type, long count, long value) {}

    /** Numbers in the byte order of the TIFF; EXIF data are a small TIFF. */
    record Numbers(HeaderBytes bytes, boolean littleEndian) {
        /** Reads the head, up to the place of the first directory; null when it is no head of a TIFF. */
        static @Nullable Numbers of(HeaderBytes bytes) throws IOException {
            int order = bytes.int16();
            var tiff = new Numbers(bytes, order == 0x4949);
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

    private TiffSize() {}

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        Numbers tiff = Numbers.of(bytes);
        long directory = tiff == null ? 0 : tiff.uint32();
        if (tiff == null || directory > Integer.MAX_VALUE) {
            throw new IOException("TIFF image whose directory cannot be found");
        }
        bytes.skipTo((int) directory);
        int entries = tiff.uint16();
        if (entries > MOST_ENTRIES) {
            throw new IOException("TIFF image with " + entries + " entries in its directory");
        }
        Map<Integer, Long> values = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            Entry entry = tiff.entry();
            // Of two values one decoder takes the first, another the last. Behind an unknown type Java's decoder goes
            // on at a wrong place.
            if (entry.type() < 1
                    || entry.type() > LAST_TYPE
                    || values.put(entry.tag(), entry.count() == 1 ? entry.value() : -1) != null) {
                throw new IOException("TIFF image whose directory can be read in two ways");
            }
            if (entry.count() > MOST_VALUES && !BYTES.contains(entry.type())) {
                throw new IOException("TIFF image with a list of " + entry.count() + " values");
            }
        }
        return header(values);
    }

    private static ImageHeader header(Map<Integer, Long> values) throws IOException {
        long compression = values.getOrDefault(COMPRESSION, 1L);
        if (compression < 0 || JPEG.contains(compression)) {
            throw new IOException("TIFF image that holds a JPEG image, whose size it does not say");
        }
        int width = side(values.getOrDefault(WIDTH, 0L));
        int height = side(values.getOrDefault(HEIGHT, 0L));
        int orientation = valid(values.getOrDefault(ORIENTATION, 1L));
        return ImageHeader.turned(ImageFormat.TIFF, width, height, Math.max(1, orientation));
    }

    /** 1 to 8; 0 for any other value. */
    static int valid(long orientation) {
        return orientation >= 1 && orientation <= 8 ? (int) orientation : 0;
    }

    private static int side(long length) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new IOException("TIFF image with a side of impossible length");
        }
        return (int) length;
    }
}
