package io.github.camelhh1.image;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the size from the first directory of a TIFF, where that lies in the file's first megabytes. */
final class TiffSize {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int SAMPLES = 277;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int MOST_ENTRIES = 500;
    private static final int MOST_SAMPLES = 5;
    /** Small pictures have tiles larger than themselves; none needs more than this. */
    private static final long LARGEST_TILE = 4096L * 4096;

    private TiffSize() {}

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        TiffBytes tiff = TiffBytes.of(bytes);
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
            TiffBytes.Entry entry = tiff.entry();
            values.putIfAbsent(entry.tag(), entry.count() == 1 ? entry.value() : -1);
        }
        return header(values);
    }

    private static ImageHeader header(Map<Integer, Long> values) throws IOException {
        long width = values.getOrDefault(WIDTH, 0L);
        long height = values.getOrDefault(HEIGHT, 0L);
        long tile = (long) side(values.getOrDefault(TILE_WIDTH, 1L)) * side(values.getOrDefault(TILE_HEIGHT, 1L));
        if (tile > LARGEST_TILE || values.getOrDefault(SAMPLES, 1L) > MOST_SAMPLES) {
            throw new IOException("TIFF image made of parts larger than any picture needs");
        }
        int orientation = Exif.valid(values.getOrDefault(Exif.ORIENTATION, 1L));
        return ImageHeader.turned(ImageFormat.TIFF, side(width), side(height), Math.max(1, orientation));
    }

    private static int side(long length) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new IOException("TIFF image with a side of impossible length");
        }
        return (int) length;
    }
}
