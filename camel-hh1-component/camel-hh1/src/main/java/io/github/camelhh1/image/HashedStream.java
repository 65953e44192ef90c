package io.github.camelhh1.image;

import io.github.camelhh1.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A stream whose every byte is hashed, whether it is read or skipped. */
final class HashedStream extends InputStream {
    private final InputStream in;
    private final MessageDigest digest = Sha256.digest();
    private final byte[] piece = new byte[32 * 1024];
    private int from;
    private int to;
    private long read;

    HashedStream(InputStream in) {
        this.in = in;
    }

    MessageDigest digest() {
        return digest;
    }

    /** Hashes the rest; returns how long the whole is. */
    long drain() throws IOException {
        do {
            from = to;
        } while (fill());
        return read;
    }

    private boolean fill() throws IOException {
        if (from < to) {
            return true;
        }
        from = 0;
        to = in.readNBytes(piece, 0, piece.length);
        digest.update(piece, 0, to);
        read += to;
        return to > 0;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        } else if (!fill()) {
            return -1;
        }
        int given = Math.min(length, to - from);
        System.arraycopy(piece, from, target, offset, given);
        from += given;
        return given;
    }

    @Override
    public long skip(long length) throws IOException {
        if (length <= 0 || !fill()) {
            return 0;
        }
        int given = (int) Math.min(length, to - from);
        from += given;
        return given;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
