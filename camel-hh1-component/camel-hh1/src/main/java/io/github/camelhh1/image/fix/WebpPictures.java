package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.fix.FixRules.NotFixableException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Refuses an extended WEBP with more than one picture, or with a false length. The decoder decodes all pictures that it
 * finds, one over the other, and takes as much memory for a colour profile as the profile declares.
 */
final class WebpPictures {
    private static final int EXTENDED = 0x56503858; // "VP8X"
    private static final int LOSSY = 0x56503820; // "VP8 "
    private static final int LOSSLESS = 0x5650384c; // "VP8L"
    private static final int ALPHA = 0x414c5048; // "ALPH"
    private static final int FRAME = 0x414e4d46; // "ANMF"
    private static final int PROFILE = 0x49434350; // "ICCP"

    private static final int FRAME_HEAD = 16;
    private static final int IS_ANIMATED = 0x02;

    private final DataInputStream in;
    private final long length;
    private int pictures;
    private int alphas;
    private long at;
    /** Of the first frame of an animation; no other is decoded. */
    private long frameEnd;

    private WebpPictures(DataInputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    static void check(ImageContent content) throws IOException, NotFixableException {
        try (var in = new DataInputStream(new BufferedInputStream(content.open()))) {
            in.skipNBytes(12);
            if (in.readInt() == EXTENDED) {
                in.skipNBytes(4);
                boolean animated = (in.readUnsignedByte() & IS_ANIMATED) != 0;
                in.skipNBytes(9);
                new WebpPictures(in, content.length()).walk(animated);
            }
        } catch (EOFException e) {
            // The last chunk was read.
        }
    }

    private void walk(boolean animated) throws IOException, NotFixableException {
        while (true) {
            int chunk = in.readInt();
            long held = Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
            at += 8;
            long end = at + held + (held & 1);
            count(chunk);
            boolean first = chunk == FRAME && animated && frameEnd == 0;
            if ((at < frameEnd && end > frameEnd) || (first && held < FRAME_HEAD)) {
                throw new NotFixableException(
                        "it is a WEBP whose first frame does not end where it says; save it anew");
            } else if (first) {
                frameEnd = end;
                end = at + FRAME_HEAD;
            } else if (chunk == PROFILE && held >= Integer.BYTES) {
                at += Integer.BYTES;
                if (Integer.toUnsignedLong(in.readInt()) > Math.min(held, length)) {
                    throw new NotFixableException(
                            "it is a WEBP with a colour profile longer than its chunk; save it anew");
                }
            }
            in.skipNBytes(end - at);
            at = end;
        }
    }

    private void count(int chunk) throws NotFixableException {
        pictures += chunk == LOSSY || chunk == LOSSLESS ? 1 : 0;
        alphas += chunk == ALPHA ? 1 : 0;
        if (Math.max(pictures, alphas) > 1) {
            throw new NotFixableException("it is a WEBP of several pictures in one; save it anew");
        }
    }
}
