package io.github.camelhh1.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/**
 * A downloaded video, or a spooled image, as a body: read from its file, any number of times, each from the first byte
 * after a reset or a close. One reader at a time; a {@linkplain #copy copy} is another reader of the same file.
 */
public final class FileStream extends InputStream implements StreamCache {
    private static final int BUFFER = 16 * 1024;

    private final HeldFile file;
    private final long length;
    private @Nullable Reader reader;
    private @Nullable InputStream in;

    private FileStream(HeldFile file, long length) {
        this.file = file;
        this.length = length;
    }

    /** Of a file that stays. */
    public static FileStream kept(Path path) throws IOException {
        var file = new HeldFile(path, false);
        return new FileStream(file, file.length());
    }

    /** Of a file that goes when {@code exchange}, and every exchange a copy was made for, has completed. */
    public static FileStream temporary(Path path, Exchange exchange) throws IOException {
        var file = new HeldFile(path, true);
        var stream = new FileStream(file, file.length());
        file.heldBy(exchange);
        return stream;
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        file.heldBy(exchange);
        return new FileStream(file, length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long position() {
        return -1;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public void reset() {
        close();
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        transferTo(target);
    }

    @Override
    public int read() throws IOException {
        return in().read();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        return in().read(target, offset, count);
    }

    @Override
    public long skip(long count) throws IOException {
        return in().skip(count);
    }

    @Override
    public int available() throws IOException {
        return in().available();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.release();
        }
        reader = null;
        in = null;
    }

    private InputStream in() throws IOException {
        if (in == null) {
            reader = new Reader(file.open());
            in = new BufferedInputStream(reader, BUFFER);
        }
        return in;
    }

    @Override
    public String toString() {
        return "FileStream[" + length + " bytes]";
    }

    /** Reads by position, so that readers of one channel do not disturb each other. */
    private final class Reader extends InputStream {
        private final FileChannel channel;
        private long position;

        Reader(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = channel.read(ByteBuffer.wrap(target, offset, count), position);
            position += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, length - position));
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, Math.max(0, length - position));
        }

        void release() {
            if (!file.isKept(channel)) {
                try {
                    channel.close();
                } catch (IOException e) {
                    // It was only read from: there is nothing to lose.
                }
            }
        }
    }
}
