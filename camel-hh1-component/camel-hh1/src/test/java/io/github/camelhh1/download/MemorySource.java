package io.github.camelhh1.download;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes in memory, that count how often they are read. */
final class MemorySource implements Mp4Boxes.Source {
    private final byte[] bytes;
    private int reads;

    private MemorySource(byte[] bytes) {
        this.bytes = bytes;
    }

    static MemorySource of(byte[] bytes) {
        return new MemorySource(bytes);
    }

    /** Of a file that came as long as was promised, or may have been cut. */
    Movie movie(boolean complete) throws IOException, Mp4Boxes.Flaw {
        return Mp4File.read(this, bytes.length, complete);
    }

    Movie movie() throws IOException, Mp4Boxes.Flaw {
        return movie(false);
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
