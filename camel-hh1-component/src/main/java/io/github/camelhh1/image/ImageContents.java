package io.github.camelhh1.image;

import io.github.camelhh1.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/** Content that was looked at once: its hash and its format are known. */
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

    private record Seen(Source source, long length, String sha256, ImageFormat format) implements ImageContent {
        @Override
        public InputStream open() throws IOException {
            return source.open();
        }
    }

    private static ImageContent look(Source source) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] piece = new byte[32 * 1024];
        byte[] head = new byte[0];
        long length = 0;
        try (InputStream in = source.open()) {
            for (int read = in.readNBytes(piece, 0, piece.length);
                    read > 0;
                    read = in.readNBytes(piece, 0, piece.length)) {
                if (length == 0) {
                    head = Arrays.copyOf(piece, Math.min(read, ImageFormat.SNIFFED_BYTES));
                }
                digest.update(piece, 0, read);
                length += read;
            }
        }
        return new Seen(source, length, Sha256.hex(digest), ImageFormat.sniff(head));
    }
}
