package io.github.camelhh1.image;

import java.io.EOFException;
import java.io.IOException;

/**
 * Reads the size of a WEBP: lossy, lossless or extended. An extended one has a canvas and a first frame, and a decoder
 * may take memory for either size: the larger is read.
 */
final class WebpSize {
    private static final int LOSSY = 0x56503820; // "VP8 "
    private static final int LOSSLESS = 0x5650384c; // "VP8L"
    private static final int EXTENDED = 0x56503858; // "VP8X"
    private static final int FRAME = 0x414e4d46; // "ANMF"

    private static final int IS_ANIMATED = 0x02;

    private WebpSize() {}

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        bytes.skip(12);
        int chunk = bytes.int32();
        int length = bytes.int32LittleEndian();
        return switch (chunk) {
            case LOSSY -> lossy(bytes);
            case LOSSLESS -> lossless(bytes);
            case EXTENDED -> extended(bytes, length);
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

    private static ImageHeader extended(HeaderBytes bytes, int length) throws IOException {
        if (length != 10) {
            throw new IOException("WEBP image with a VP8X chunk of " + length + " bytes");
        }
        int flags = bytes.int8();
        bytes.skip(3);
        ImageHeader size = size24(bytes);
        try {
            return frame(bytes, flags, size);
        } catch (EOFException e) {
            // There is no frame: the canvas counts.
            return size;
        }
    }

    private static ImageHeader frame(HeaderBytes bytes, int flags, ImageHeader canvas) throws IOException {
        ImageHeader size = canvas;
        while (true) {
            int chunk = bytes.int32();
            int length = bytes.int32LittleEndian();
            int end = bytes.position() + length + (length & 1);
            if (chunk == LOSSY || chunk == LOSSLESS) {
                return larger(size, chunk == LOSSY ? lossy(bytes) : lossless(bytes));
            } else if (chunk == FRAME && (flags & IS_ANIMATED) != 0) {
                bytes.skip(6);
                size = larger(size, size24(bytes));
                end = bytes.position() + 4;
            }
            bytes.skipTo(end);
        }
    }

    private static ImageHeader size24(HeaderBytes bytes) throws IOException {
        int width = bytes.int24LittleEndian() + 1;
        return new ImageHeader(ImageFormat.WEBP, width, bytes.int24LittleEndian() + 1);
    }

    private static ImageHeader larger(ImageHeader one, ImageHeader other) {
        return new ImageHeader(
                ImageFormat.WEBP, Math.max(one.width(), other.width()), Math.max(one.height(), other.height()));
    }
}
