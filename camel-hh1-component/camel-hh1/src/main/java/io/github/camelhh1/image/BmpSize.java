package io.github.camelhh1.image;

import java.io.IOException;

/** Reads the size of a BMP from its head, new or old. */
final class BmpSize {
    private static final int FILE_HEAD = 14;
    private static final int OLD_HEAD = 12;
    private static final int LAST_OWN_COMPRESSION = 3;

    private BmpSize() {}

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        bytes.skip(FILE_HEAD);
        if (bytes.int32LittleEndian() == OLD_HEAD) {
            int width = bytes.int16LittleEndian();
            return new ImageHeader(ImageFormat.BMP, width, bytes.int16LittleEndian());
        }
        int width = bytes.int32LittleEndian();
        // Rows from top to bottom have a negative height.
        int height = Math.abs(bytes.int32LittleEndian());
        bytes.skip(4);
        int compression = bytes.int32LittleEndian();
        if (compression < 0 || compression > LAST_OWN_COMPRESSION) {
            throw new IOException("BMP image that holds another image, whose size it does not say");
        }
        return new ImageHeader(ImageFormat.BMP, width, height);
    }
}
