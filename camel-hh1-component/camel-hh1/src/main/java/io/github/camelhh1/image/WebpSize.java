package io.github.camelhh1.image;

import java.io.IOException;

/** Reads the size from the first chunk of a WEBP: lossy, lossless or extended. */
final class WebpSize {
    private static final int LOSSY = 0x56503820; // "VP8 "
    private static final int LOSSLESS = 0x5650384c; // "VP8L"
    private static final int EXTENDED = 0x56503858; // "VP8X"

    private WebpSize() {}

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        bytes.skip(12);
        int chunk = bytes.int32();
        bytes.skip(4);
        return switch (chunk) {
            case LOSSY -> lossy(bytes);
            case LOSSLESS -> lossless(bytes);
            case EXTENDED -> extended(bytes);
            default -> throw new IOException("WEBP image whose first chunk is not VP8, VP8L or VP8X");
        };
    }

    private static ImageHeader lossy(HeaderBytes bytes) throws IOException {
        bytes.skip(3);
        if (bytes.int24LittleEndian() != 0x2a019d) {
            throw new IOException("WEBP image whose first frame is no key frame");
        }
        int width = bytes.int16LittleEndian() & 0x3fff;
        return new ImageHeader(ImageFormat.WEBP, width, bytes.int16LittleEndian() & 0x3fff);
    }

    private static ImageHeader lossless(HeaderBytes bytes) throws IOException {
        if (bytes.int8() != 0x2f) {
            throw new IOException("WEBP image with a broken lossless header");
        }
        int low = bytes.int16LittleEndian();
        int high = bytes.int16LittleEndian();
        int width = (low & 0x3fff) + 1;
        return new ImageHeader(ImageFormat.WEBP, width, (low >> 14 | (high & 0xfff) << 2) + 1);
    }

    private static ImageHeader extended(HeaderBytes bytes) throws IOException {
        bytes.skip(4);
        int width = bytes.int24LittleEndian() + 1;
        return new ImageHeader(ImageFormat.WEBP, width, bytes.int24LittleEndian() + 1);
    }
}
