package io.github.camelhh1.cloudflare;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Another stream's bytes as base64 text, encoded piece by piece. */
final class Base64Stream extends InputStream {
    /** A multiple of three, so that padding can only come at the end. */
    private static final int PIECE = 3 * 4096;

    private final InputStream in;
    private byte[] encoded = new byte[0];
    private int position;

    Base64Stream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return more() ? encoded[position++] : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int taken = Math.min(length, encoded.length - position);
        System.arraycopy(encoded, position, target, offset, taken);
        position += taken;
        return taken;
    }

    private boolean more() throws IOException {
        if (position == encoded.length) {
            encoded = Base64.getEncoder().encode(in.readNBytes(PIECE));
            position = 0;
        }
        return encoded.length > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
