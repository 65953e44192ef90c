package io.github.camelhh1.download.mp4;

import java.nio.ByteBuffer;

/** Bytes in memory, that count how often they are read. */
final class MemorySource implements ByteSource {
    private final byte[] bytes;
    private int reads;

    private MemorySource(byte[] bytes) {
        this.bytes = bytes;
    }

    static MemorySource of(byte[] bytes) {
        return new MemorySource(bytes);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(ByteBuffer target, long position) {
        reads++;
        if (position >= bytes.length) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), bytes.length - position);
        target.put(bytes, (int) position, count);
        return count;
    }

    int reads() {
        return reads;
    }
}
