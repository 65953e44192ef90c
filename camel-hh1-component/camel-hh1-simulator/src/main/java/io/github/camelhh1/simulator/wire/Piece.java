package io.github.camelhh1.simulator.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A part of what a connection sends. Pieces are single use: they remember how far they got. */
public interface Piece {

    /** Sends on, as far as the socket takes it. */
    Progress writeTo(SocketChannel channel) throws IOException;

    /** How much was written: all of it, as much as the socket took, or enough for now. */
    record Progress(boolean done, Duration pause) {
        static final Progress DONE = new Progress(true, Duration.ZERO);
        static final Progress BLOCKED = new Progress(false, Duration.ZERO);
    }

    static Piece text(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Piece bytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return channel -> {
            channel.write(buffer);
            return buffer.hasRemaining() ? Progress.BLOCKED : Progress.DONE;
        };
    }

    /** So many bytes, then a rest, again and again. */
    static Piece dripping(byte[] bytes, int atOnce, Duration every) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return channel -> {
            channel.write(buffer.slice(buffer.position(), Math.min(atOnce, buffer.remaining())));
            buffer.position(Math.min(buffer.limit(), buffer.position() + atOnce));
            return buffer.hasRemaining() ? new Progress(false, every) : Progress.DONE;
        };
    }

    /** The same bytes over and over, {@code total} in all. */
    static Piece repeating(byte[] pattern, long total) {
        return new Repeated(pattern, total);
    }

    /** The same bytes once every while, for as long as the other side listens. */
    static Piece endless(byte[] pattern, Duration every) {
        return channel -> {
            channel.write(ByteBuffer.wrap(pattern));
            return new Progress(false, every);
        };
    }

    /** A range of a file, opened when its turn comes. */
    static Piece file(Path file, long from, long length) {
        return new FileRange(file, from, length);
    }

    /** See {@link #repeating}. */
    final class Repeated implements Piece {
        private final byte[] pattern;
        private long left;
        private ByteBuffer current = ByteBuffer.allocate(0);

        private Repeated(byte[] pattern, long total) {
            this.pattern = pattern;
            this.left = total;
        }

        @Override
        public Progress writeTo(SocketChannel channel) throws IOException {
            // A bounded share, so that one huge answer does not keep the loop from everybody else.
            for (int share = 0; share < 64; share++) {
                if (!current.hasRemaining()) {
                    if (left == 0) {
                        return Progress.DONE;
                    }
                    current = ByteBuffer.wrap(pattern, 0, (int) Math.min(left, pattern.length));
                    left -= current.remaining();
                }
                channel.write(current);
                if (current.hasRemaining()) {
                    return Progress.BLOCKED;
                }
            }
            return Progress.BLOCKED;
        }
    }

    /** See {@link #file}. */
    final class FileRange implements Piece {
        private final Path file;
        private long position;
        private final long end;

        private FileRange(Path file, long from, long length) {
            this.file = file;
            this.position = from;
            this.end = from + length;
        }

        @Override
        public Progress writeTo(SocketChannel channel) throws IOException {
            try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
                position += source.transferTo(position, Math.min(end - position, 256 * 1024), channel);
            }
            return position < end ? Progress.BLOCKED : Progress.DONE;
        }
    }
}
