package io.github.camelhh1.image;

import java.io.IOException;

/** Reads the size of a JPEG from its frame header, and the orientation from EXIF data in a segment before it. */
final class JpegSize {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int APP1 = 0xe1;

    private static final long EXIF = 0x4578_6966_0000L; // "Exif\0\0"
    /** A camera writes about fifteen. */
    private static final int MOST_ENTRIES = 500;

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
                orientation = orientation(bytes, end);
            }
            bytes.skipTo(end);
        }
    }

    /**
     * From a segment that ends before {@code end}: 1 to 8; 0 when it is no EXIF data, or has no valid orientation. Goes
     * forward only, through the first directory and no other: a directory that points at itself causes no loop. Broken
     * EXIF data are ignored, as in any viewer.
     */
    private static int orientation(HeaderBytes bytes, int end) throws IOException {
        if (end - bytes.position() < 16 || ((long) bytes.int32() << 16 | bytes.int16()) != EXIF) {
            return 0;
        }
        int start = bytes.position();
        TiffSize.Numbers tiff = TiffSize.Numbers.of(bytes);
        if (tiff == null) {
            return 0;
        }
        long directory = start + tiff.uint32();
        if (directory < bytes.position() || directory > end - 2) {
            return 0;
        }
        bytes.skipTo((int) directory);
        int entries = Math.min(tiff.uint16(), MOST_ENTRIES);
        for (int i = 0; i < entries && end - bytes.position() >= TiffSize.ENTRY_BYTES; i++) {
            TiffSize.Entry entry = tiff.entry();
            if (entry.tag() == TiffSize.ORIENTATION) {
                return TiffSize.valid(entry.value());
            }
        }
        return 0;
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
