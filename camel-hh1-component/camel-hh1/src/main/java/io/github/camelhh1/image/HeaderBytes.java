package io.github.camelhh1.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads and skips bytes at the start of an image, within limits. */
final class HeaderBytes {
    private static final int READ_LIMIT = 64 * 1024;
    private static final int SKIP_LIMIT = 16 * 1024 * 1024;

    private final InputStream in;
    private byte[] peeked = new byte[0];
    private int position;
    private int read;
    private int skipped;

    HeaderBytes(InputStream in) {
        this.in = in;
    }

    /** The first bytes, at most this many; they can still be read. To be called before all other methods. */
    byte[] peek(int length) throws IOException {
        peeked = in.readNBytes(length);
        return peeked.clone();
    }

    /** The number of bytes that were read or skipped. */
    int position() {
        return read + skipped;
    }

    int int8() throws IOException {
        if (++read > READ_LIMIT) {
            throw new IOException("image header longer than " + READ_LIMIT + " bytes");
        }
        int value = position < peeked.length ? peeked[position++] & 0xff : in.read();
        if (value < 0) {
            throw new EOFException("the image ends within its header");
        }
        return value;
    }

    int int16() throws IOException {
        return int8() << 8 | int8();
    }

    int int32() throws IOException {
        return int16() << 16 | int16();
    }

    int int16LittleEndian() throws IOException {
        return int8() | int8() << 8;
    }

    int int24LittleEndian() throws IOException {
        return int16LittleEndian() | int8() << 16;
    }

    int int32LittleEndian() throws IOException {
        return int16LittleEndian() | int16LittleEndian() << 16;
    }

    void skip(int length) throws IOException {
        if (length < 0 || length > SKIP_LIMIT - skipped) {
            throw new IOException("image with more than " + SKIP_LIMIT + " bytes of metadata before its size");
        }
        skipped += length;
        int buffered = Math.min(length, peeked.length - position);
        position += buffered;
        try {
            in.skipNBytes(length - buffered);
        } catch (EOFException e) {
            throw new EOFException("the image ends within its header");
        }
    }

    /** Skips ahead until {@link #position} is {@code place}. */
    void skipTo(int place) throws IOException {
        if (place < position()) {
            throw new IOException("image header that points back");
        }
        skip(place - position());
    }
}
