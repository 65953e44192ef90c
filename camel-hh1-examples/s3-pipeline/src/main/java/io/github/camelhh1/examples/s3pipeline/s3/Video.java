package io.github.camelhh1.examples.s3pipeline.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A video that can be read as often as it must, from its start.
 *
 * @param open gives a stream of its own each time
 */
public record Video(long length, Supplier<InputStream> open) {
    private static final String TYPE = "video/mp4";

    /** A piece of it, as what the SDK sends, and sends again when it must. */
    RequestBody part(long start, long size) {
        return RequestBody.fromContentProvider(() -> new Part(open.get(), start, size), size, TYPE);
    }

    private static final class Part extends FilterInputStream {
        private long toSkip;
        private long left;

        private Part(InputStream in, long start, long size) {
            super(in);
            this.toSkip = start;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            in.skipNBytes(toSkip);
            toSkip = 0;
            if (left == 0) {
                return -1;
            }
            int read = in.read(target, offset, (int) Math.min(count, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
