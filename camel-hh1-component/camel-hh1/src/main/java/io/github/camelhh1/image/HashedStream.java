package io.github.camelhh1.image;

import io.github.camelhh1.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A stream whose every byte is hashed and copied, also bytes that are skipped. After a failure it fails at each read. */
class HashedStream extends InputStream {
    private final InputStream in;
    private final OutputStream copy;
    private final MessageDigest digest = Sha256.digest();
    private final byte[] piece = new byte[32 * 1024];
    private int from;
    private int to;
    private long read;
    private @Nullable IOException failure;

    HashedStream(InputStream in, OutputStream copy) {
        this.in = in;
        this.copy = copy;
    }

    /** Of the bytes that were read so far; to be called once. */
    final String sha256() {
        return Sha256.hex(digest);
    }

    /** Bytes that were read so far. */
    final long length() {
        return read;
    }

    /** Hashes the rest; returns how long the whole is. */
    final long drain() throws IOException {
        do {
            from = to;
        } while (fill());
        return read;
    }

    private boolean fill() throws IOException {
        if (from < to) {
            return true;
        } else if (failure != null) {
            throw failure;
        }
        from = 0;
        to = 0;
        try {
            to = next(piece);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        return to > 0;
    }

    /** Fills the piece before its first byte is given out. A piece that is not full is the last. */
    int next(byte[] target) throws IOException {
        int filled = in.readNBytes(target, 0, target.length);
        digest.update(target, 0, filled);
        copy.write(target, 0, filled);
        read += filled;
        return filled;
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
    public void close() throws IOException {
        in.close();
    }
}
