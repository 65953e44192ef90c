package io.github.camelhh1.bench;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** Bytes that count what a reader takes of them. What it skips is not taken. */
public final class CountedStream extends FilterInputStream {
    private long bytes;
    private long calls;

    public CountedStream(byte[] content) {
        super(new ByteArrayInputStream(content));
    }

    @Override
    public int read() throws IOException {
        calls++;
        int value = super.read();
        bytes += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        calls++;
        int given = super.read(target, offset, length);
        bytes += Math.max(0, given);
        return given;
    }

    @Override
    public long skip(long length) throws IOException {
        calls++;
        return super.skip(length);
    }

    public long bytes() {
        return bytes;
    }

    /** Of whatever kind: a reader that goes round in circles makes many. */
    public long calls() {
        return calls;
    }
}
