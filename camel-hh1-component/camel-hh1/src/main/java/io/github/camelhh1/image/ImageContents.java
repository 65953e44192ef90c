package io.github.camelhh1.image;

import io.github.camelhh1.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Content that was looked at once: its hash, its format and its header are known. */
public final class ImageContents {
    private ImageContents() {}

    /** Reads the file once, in pieces; it must stay as it is while the content is in use. */
    public static ImageContent of(Path file) throws IOException {
        return look(() -> Files.newInputStream(file));
    }

    /** Keeps the array; it must not be changed while the content is in use. */
    public static ImageContent of(byte[] bytes) {
        try {
            return look(() -> new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("an array can always be read", e);
        }
    }

    @FunctionalInterface
    private interface Source {
        InputStream open() throws IOException;
    }

    private record Seen(Source source, String sha256, ImageLook look) implements ImageContent {
        @Override
        public InputStream open() throws IOException {
            return source.open();
        }

        @Override
        public long length() {
            return look.length();
        }

        @Override
        public ImageFormat format() {
            return look.format();
        }
    }

    /** Header and hash in one pass. A stream that fails within the header fails again when the rest is read. */
    private static ImageContent look(Source source) throws IOException {
        try (var in = new HashedStream(source.open())) {
            ImageLook look = ImageLook.at(in, -1);
            long length = in.drain();
            return new Seen(source, Sha256.hex(in.digest()), look.ofLength(length));
        }
    }
}
