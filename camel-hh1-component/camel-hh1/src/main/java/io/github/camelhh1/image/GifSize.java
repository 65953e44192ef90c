package io.github.camelhh1.image;

import java.io.IOException;

/** Reads the size of a GIF's first frame, which may be larger than what its head says. */
final class GifSize {
    private static final int FRAME = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TABLE = 0x80;

    private GifSize() {}

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        bytes.skip(6 + 4);
        int flags = bytes.int8();
        bytes.skip(2);
        if ((flags & TABLE) != 0) {
            bytes.skip(3 << ((flags & 7) + 1));
        }
        for (int block = bytes.int8(); block != FRAME; block = bytes.int8()) {
            if (block != EXTENSION) {
                throw new IOException("GIF image without a frame");
            }
            bytes.int8();
            for (int length = bytes.int8(); length > 0; length = bytes.int8()) {
                bytes.skip(length);
            }
        }
        bytes.skip(4);
        int width = bytes.int16LittleEndian();
        return new ImageHeader(ImageFormat.GIF, width, bytes.int16LittleEndian());
    }
}
