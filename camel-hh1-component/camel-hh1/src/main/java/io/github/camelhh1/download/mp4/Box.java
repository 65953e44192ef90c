package io.github.camelhh1.download.mp4;

import java.nio.charset.StandardCharsets;

/**
 * A box of an MP4 file: where what it holds begins, and where it ends.
 *
 * @param type its four characters, as one number
 */
record Box(int type, long start, long end) {
    static final int FTYP = type("ftyp");
    static final int MOOV = type("moov");
    static final int MVHD = type("mvhd");
    static final int TRAK = type("trak");
    static final int TKHD = type("tkhd");
    static final int MDIA = type("mdia");
    static final int HDLR = type("hdlr");

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
