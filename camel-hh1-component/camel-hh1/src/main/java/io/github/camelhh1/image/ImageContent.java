package io.github.camelhh1.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image, in a file or in memory. They are read once, for hash, format and header, and again as often as
 * needed. Safe for use by many threads; every {@link #open()} is a stream of its own.
 *
 * <p>Bytes that others may change are hashed again whenever they are read: where they have changed, a stream fails before
 * it gives out its last bytes.
 */
public final class ImageContent implements RequestImage {
    @FunctionalInterface
    private interface Opening {
        InputStream open() throws IOException;
    }

    private final Opening opening;
    /** Whether only this component can change the bytes. */
    private final boolean own;

    private final @Nullable Path file;
    private final String sha256;
    private final ImageLook look;
    private volatile @Nullable IOException failure;

    private ImageContent(Opening opening, boolean own, @Nullable Path file, String sha256, ImageLook look) {
        this.opening = opening;
        this.own = own;
        this.file = file;
        this.sha256 = sha256;
        this.look = look;
    }

    /** Reads another's file once, in pieces. */
    public static ImageContent of(Path file) throws IOException {
        return read(() -> Files.newInputStream(file), false, null);
    }

    /** Keeps another's array. */
    public static ImageContent of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /** Keeps the bytes between the position and the limit of another's buffer. */
    public static ImageContent of(ByteBuffer buffer) {
        ByteBuffer whole = buffer.duplicate();
        return inMemory(() -> new BufferStream(whole.duplicate()), false);
    }

    /** Keeps an array that nobody else has. */
    public static ImageContent ofOwn(byte[] bytes) {
        return inMemory(() -> new ByteArrayInputStream(bytes), true);
    }

    /** Reads a file that this component has made and nobody changes. */
    public static ImageContent ofOwn(Path file) throws IOException {
        return read(() -> Files.newInputStream(file), true, file);
    }

    /** Reads {@code in} to its end, into {@code out}, which writes such a file. */
    public static ImageContent copied(InputStream in, OutputStream out, Path file) throws IOException {
        return read(new HashedStream(in, out), () -> Files.newInputStream(file), true, file);
    }

    /**
     * The same content in such a file.
     *
     * @throws IOException when the content has changed, or cannot be read or written
     */
    ImageContent copied(Path target) throws IOException {
        try (InputStream in = open();
                OutputStream out = Files.newOutputStream(target)) {
            in.transferTo(out);
        }
        return new ImageContent(() -> Files.newInputStream(target), true, target, sha256, look);
    }

    private static ImageContent inMemory(Opening opening, boolean own) {
        try {
            return read(opening, own, null);
        } catch (IOException e) {
            throw new IllegalStateException("memory can always be read", e);
        }
    }

    private static ImageContent read(Opening opening, boolean own, @Nullable Path file) throws IOException {
        try (var in = new HashedStream(opening.open(), OutputStream.nullOutputStream())) {
            return read(in, opening, own, file);
        }
    }

    /** Header and hash in one pass. A stream that fails within the header fails again when the rest is read. */
    private static ImageContent read(HashedStream in, Opening opening, boolean own, @Nullable Path file)
            throws IOException {
        ImageLook look = ImageLook.at(in, -1);
        long length = in.drain();
        return new ImageContent(opening, own, file, in.sha256(), look.ofLength(length));
    }

    /** From the first byte; the caller closes it. */
    public InputStream open() throws IOException {
        try {
            InputStream in = opening.open();
            return own ? in : new Compared(in);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Fails when one of the streams has failed, since a reader may not have noticed. */
    public void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Bytes. */
    public long length() {
        return look.length();
    }

    /** SHA-256 of the bytes, lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    public ImageFormat format() {
        return look.format();
    }

    /** Known since the content was first read; nothing is read for it. */
    public ImageLook look() {
        return look;
    }

    /** The private file of this component that holds the content; null where others can change the content. */
    public @Nullable Path file() {
        return file;
    }

    /** Content hash and extension: the name under which the content is staged. */
    public String name() {
        return sha256 + "." + format().extension();
    }

    @Override
    public String identity() {
        return "sha256:" + sha256;
    }

    @Override
    public String title() {
        return "staged:" + name();
    }

    /** Hands out the last piece only when the whole has the known hash. */
    private final class Compared extends HashedStream {
        private boolean same;

        Compared(InputStream in) {
            super(in, OutputStream.nullOutputStream());
        }

        @Override
        int next(byte[] piece) throws IOException {
            try {
                int filled = super.next(piece);
                if (filled < piece.length || length() >= look.length()) {
                    same = length() == look.length() && (same || sha256().equals(sha256));
                    if (!same) {
                        throw new IOException("the image has changed since its message was read");
                    }
                }
                return filled;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    private static final class BufferStream extends InputStream {
        private final ByteBuffer rest;

        BufferStream(ByteBuffer rest) {
            this.rest = rest;
        }

        @Override
        public int read() {
            return rest.hasRemaining() ? rest.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int given = Math.min(length, rest.remaining());
            rest.get(target, offset, given);
            return given == 0 && length > 0 ? -1 : given;
        }
    }
}
