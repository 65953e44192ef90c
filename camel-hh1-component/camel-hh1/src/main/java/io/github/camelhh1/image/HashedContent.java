package io.github.camelhh1.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Content whose hash is known. What others may change is hashed again whenever it is read. */
final class HashedContent implements ImageContent {
    private final Source source;
    private final String sha256;
    private final ImageLook look;
    private volatile @Nullable IOException failure;

    /**
     * Where the bytes lie.
     *
     * @param own whether only this component can change them
     * @param file of this component that holds them; null when none does
     */
    record Source(Opening opening, boolean own, @Nullable Path file) {
        static Source ofOthers(Opening opening) {
            return new Source(opening, false, null);
        }

        static Source ofOwn(Path file) {
            return new Source(() -> Files.newInputStream(file), true, file);
        }
    }

    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    HashedContent(Source source, String sha256, ImageLook look) {
        this.source = source;
        this.sha256 = sha256;
        this.look = look;
    }

    @Override
    public InputStream open() throws IOException {
        try {
            InputStream in = source.opening().open();
            return source.own() ? in : new Compared(in);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Hands out the last piece only when the whole is what it was. */
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

    @Override
    public long length() {
        return look.length();
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public ImageFormat format() {
        return look.format();
    }

    @Override
    public ImageLook look() {
        return look;
    }

    @Override
    public @Nullable Path file() {
        return source.file();
    }
}
