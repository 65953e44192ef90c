package io.github.camelhh1.image.fix;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the scans of a JPEG: each costs a pass over all pixels, and a few bytes are enough for one. */
final class JpegScans {
    static final int MOST = 100;
    /** Encoders make ten, or a few more. */
    static final int MOST_OF_LARGE = 15;

    private static final long MOST_PIXELS = 600_000_000;

    private static final int START_OF_SCAN = 0xda;

    private JpegScans() {}

    /** Of a picture of so many pixels. */
    static void check(InputStream stream, long pixels) throws IOException, NotFixableException {
        long most = Math.max(MOST_OF_LARGE, Math.min(MOST, MOST_PIXELS / Math.max(1, pixels)));
        int scans = 0;
        try (var in = new BufferedInputStream(stream, 64 * 1024)) {
            int before = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                // Within a scan 0xff is always followed by 0; elsewhere one may be counted too many, which does no
                // harm.
                if (before == 0xff && b == START_OF_SCAN && ++scans > most) {
                    throw new NotFixableException(
                            "it is a JPEG of more than " + most + " scans, which no camera makes; save it anew");
                }
                before = b;
            }
        }
    }
}
