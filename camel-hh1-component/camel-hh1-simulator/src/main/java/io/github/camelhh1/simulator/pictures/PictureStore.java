package io.github.camelhh1.simulator.pictures;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Image content in files named by its digest: the same image sent a thousand times is kept once, and never in memory. */
public final class PictureStore {
    private final Path directory;

    public PictureStore(Path directory) {
        this.directory = directory;
    }

    /** Begins to take in content. */
    public Incoming receive() {
        try {
            return new Incoming(Files.createTempFile(directory, "incoming-", ".tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The picture of this digest.
     *
     * @throws IOException when it is not here, or is no image; the message says which
     */
    public Picture find(String sha256) throws IOException {
        Path file = directory.resolve(sha256);
        return new Picture(sha256, file, PictureHeaderReader.read(file));
    }

    /** Content on its way in. */
    public final class Incoming {
        private final Path file;
        private final MessageDigest digest;
        private final OutputStream out;

        private Incoming(Path file) throws IOException {
            this.file = file;
            this.digest = sha256();
            this.out = new DigestOutputStream(Files.newOutputStream(file), digest);
        }

        public void write(byte[] bytes, int from, int length) {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Ends it and returns the digest by which it can be found. */
        public String finish() {
            try {
                out.close();
                String name = HexFormat.of().formatHex(digest.digest());
                // Atomic, because another upload of the same image may be about to read it.
                Files.move(file, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                return name;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public void discard() {
            try {
                out.close();
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
