package io.github.camelhh1.download.mp4;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A box of an MP4 file: where what it holds begins, and where it ends.
 *
 * @param type its four characters, as one number
 */
record Box(int type, long start, long end) {
    static final int FTYP = type("ftyp");
    static final int MDAT = type("mdat");
    static final int MFRA = type("mfra");
    static final int MOOF = type("moof");
    static final int MOOV = type("moov");
    static final int MVHD = type("mvhd");
    static final int TRAK = type("trak");
    static final int TKHD = type("tkhd");
    static final int MDIA = type("mdia");
    static final int HDLR = type("hdlr");

    /** What some writers leave before the first box that counts. */
    private static final Set<Integer> PADDING = Set.of(type("free"), type("skip"), type("wide"), type("uuid"));

    static boolean isPadding(int type) {
        return PADDING.contains(type);
    }

    static int type(String name) {
        int type = 0;
        for (byte each : name.getBytes(StandardCharsets.US_ASCII)) {
            type = type << Byte.SIZE | each;
        }
        return type;
    }

    long length() {
        return end - start;
    }
}
