package io.github.camelhh1.image;

import io.github.camelhh1.image.HashedContent.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Content that was looked at once: its hash, its format and its header are known. */
public final class ImageContents {
    private ImageContents() {}

    /** Reads somebody's file once, in pieces. */
    public static ImageContent of(Path file) throws IOException {
        return hashed(Source.ofOthers(() -> Files.newInputStream(file)));
    }

    /** Keeps somebody's array. */
    public static ImageContent of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /** Keeps what lies between the position and the limit of somebody's buffer. */
    public static ImageContent of(ByteBuffer buffer) {
        ByteBuffer whole = buffer.duplicate();
        return inMemory(Source.ofOthers(() -> new BufferStream(whole.duplicate())));
    }

    /** Keeps an array that nobody else has. */
    public static ImageContent ofOwn(byte[] bytes) {
        return inMemory(new Source(() -> new ByteArrayInputStream(bytes), true, null));
    }

    /** Reads a file that this component has made and nobody changes. */
    public static ImageContent ofOwn(Path file) throws IOException {
        return hashed(Source.ofOwn(file));
    }

    /** Reads {@code in} to its end, into {@code out}, which writes such a file. */
    public static ImageContent copied(InputStream in, OutputStream out, Path file) throws IOException {
        return hashed(new HashedStream(in, out), Source.ofOwn(file));
    }

    /**
     * The same content in such a file.
     *
     * @throws IOException when it is not the same any more, or cannot be read or written
     */
    static ImageContent copied(ImageContent content, Path file) throws IOException {
        try (InputStream in = content.open();
                OutputStream out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
        return new HashedContent(Source.ofOwn(file), content.sha256(), content.look());
    }

    private static ImageContent inMemory(Source source) {
        try {
            return hashed(source);
        } catch (IOException e) {
            throw new IllegalStateException("what lies in memory can always be read", e);
        }
    }

    private static ImageContent hashed(Source source) throws IOException {
        try (var in = new HashedStream(source.opening().open(), OutputStream.nullOutputStream())) {
            return hashed(in, source);
        }
    }

    /** Header and hash in one pass. A stream that fails within the header fails again when the rest is read. */
    private static ImageContent hashed(HashedStream in, Source source) throws IOException {
        ImageLook look = ImageLook.at(in, -1);
        long length = in.drain();
        return new HashedContent(source, in.sha256(), look.ofLength(length));
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
