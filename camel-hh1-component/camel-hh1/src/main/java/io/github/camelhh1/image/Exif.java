package io.github.camelhh1.image;

import java.io.IOException;

/**
 * Finds how a picture is turned in its EXIF data. Goes forward only, through the first directory and no other, so that
 * directories that point at themselves lead nowhere.
 */
final class Exif {
    static final int ORIENTATION = 0x0112;

    private static final int ENTRY = 12;
    /** A camera writes about fifteen. */
    private static final int MOST_ENTRIES = 500;

    private Exif() {}

    /**
     * From a segment that ends before {@code end}: 1 to 8; 0 when it is no EXIF data, or they do not say. Broken EXIF data
     * say nothing, as to any viewer.
     */
    static int orientation(HeaderBytes bytes, int end) throws IOException {
        if (end - bytes.position() < 16 || bytes.int32() != 0x45786966 || bytes.int16() != 0) { // "Exif\0\0"
            return 0;
        }
        int start = bytes.position();
        TiffBytes tiff = TiffBytes.of(bytes);
        if (tiff == null) {
            return 0;
        }
        long directory = start + tiff.uint32();
        if (directory < bytes.position() || directory > end - 2) {
            return 0;
        }
        bytes.skipTo((int) directory);
        int entries = Math.min(tiff.uint16(), MOST_ENTRIES);
        for (int i = 0; i < entries && end - bytes.position() >= ENTRY; i++) {
            TiffBytes.Entry entry = tiff.entry();
            if (entry.tag() == ORIENTATION) {
                return valid(entry.value());
            }
        }
        return 0;
    }

    static int valid(long orientation) {
        return orientation >= 1 && orientation <= 8 ? (int) orientation : 0;
    }
}
