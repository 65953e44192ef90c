package io.github.camelhh1.image;

import java.io.IOException;

/**
 * Reads an image's size from its header, also of formats that the model does not take. Pixels are never decoded: a
 * picture that is made to explode in memory costs no more than any other. At most 64 KB are read, and at most 16 MB of
 * metadata are skipped.
 */
final class HeaderReader {
    private static final int PNG_HEADER = 0x49484452; // "IHDR"

    private static final int GIF_FRAME = 0x2c;
    private static final int GIF_EXTENSION = 0x21;
    private static final int GIF_TABLE = 0x80;

    private static final int OLD_BMP_HEAD = 12;
    private static final int LAST_BMP_COMPRESSION = 3;

    private HeaderReader() {}

    static ImageHeader read(ImageFormat format, HeaderBytes bytes) throws IOException {
        ImageHeader header =
                switch (format) {
                    case JPEG -> JpegSize.read(bytes);
                    case PNG -> png(bytes);
                    case WEBP -> WebpSize.read(bytes);
                    case GIF -> gif(bytes);
                    case BMP -> bmp(bytes);
                    case TIFF -> TiffSize.read(bytes);
                    default -> throw new IOException("the size of " + format.title() + " is not read");
                };
        if (header.width() <= 0 || header.height() <= 0) {
            throw new IOException(
                    format.title() + " image without a size: " + header.width() + " x " + header.height());
        }
        return header;
    }

    private static ImageHeader png(HeaderBytes bytes) throws IOException {
        bytes.skip(8 + 4);
        if (bytes.int32() != PNG_HEADER) {
            throw new IOException("PNG image whose first chunk is not IHDR");
        }
        return new ImageHeader(ImageFormat.PNG, bytes.int32(), bytes.int32());
    }

    /** Of the first frame, which may be larger than the size in the file's head. */
    private static ImageHeader gif(HeaderBytes bytes) throws IOException {
        bytes.skip(6 + 4);
        int flags = bytes.int8();
        bytes.skip(2);
        if ((flags & GIF_TABLE) != 0) {
            bytes.skip(3 << ((flags & 7) + 1));
        }
        for (int block = bytes.int8(); block != GIF_FRAME; block = bytes.int8()) {
            if (block != GIF_EXTENSION) {
                throw new IOException("GIF image without a frame");
            }
            bytes.int8();
            for (int length = bytes.int8(); length > 0; length = bytes.int8()) {
                bytes.skip(length);
            }
        }
        bytes.skip(4);
        return new ImageHeader(ImageFormat.GIF, bytes.int16LittleEndian(), bytes.int16LittleEndian());
    }

    private static ImageHeader bmp(HeaderBytes bytes) throws IOException {
        bytes.skip(14);
        if (bytes.int32LittleEndian() == OLD_BMP_HEAD) {
            return new ImageHeader(ImageFormat.BMP, bytes.int16LittleEndian(), bytes.int16LittleEndian());
        }
        int width = bytes.int32LittleEndian();
        // Rows from top to bottom have a negative height.
        int height = Math.abs(bytes.int32LittleEndian());
        bytes.skip(4);
        int compression = bytes.int32LittleEndian();
        if (compression < 0 || compression > LAST_BMP_COMPRESSION) {
            throw new IOException("BMP image that holds another image, whose size it does not say");
        }
        return new ImageHeader(ImageFormat.BMP, width, height);
    }
}
