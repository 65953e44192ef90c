package io.github.camelhh1.image;

import java.io.IOException;

/** Finds the frame header of a JPEG by walking its segments, and on the way how the picture is turned. */
final class JpegSize {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int APP1 = 0xe1;

    private JpegSize() {}

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        bytes.skip(2);
        int orientation = 0;
        while (true) {
            int marker = nextMarker(bytes);
            if (isStandalone(marker)) {
                continue;
            }
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                throw new IOException("JPEG image without a frame header");
            }
            int end = bytes.position();
            int length = bytes.int16();
            if (length < 2) {
                throw new IOException("JPEG image with a segment of impossible length " + length);
            }
            end += length;
            if (isFrameHeader(marker)) {
                bytes.int8();
                int height = bytes.int16();
                return ImageHeader.turned(ImageFormat.JPEG, bytes.int16(), height, Math.max(1, orientation));
            }
            if (marker == APP1 && orientation == 0) {
                orientation = Exif.orientation(bytes, end);
            }
            bytes.skipTo(end);
        }
    }

    private static int nextMarker(HeaderBytes bytes) throws IOException {
        if (bytes.int8() != 0xff) {
            throw new IOException("JPEG image whose segments do not line up");
        }
        int marker = bytes.int8();
        while (marker == 0xff) {
            marker = bytes.int8();
        }
        return marker;
    }

    private static boolean isStandalone(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    }

    /** SOF0 to SOF15, but for the three codes in that range that mean tables. */
    private static boolean isFrameHeader(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
