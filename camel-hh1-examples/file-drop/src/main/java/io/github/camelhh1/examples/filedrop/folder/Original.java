package io.github.camelhh1.examples.filedrop.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A photo or a sidecar, and the hash of the content that was read. The file may be replaced later.
 *
 * @param sha256 of the content, in hexadecimal digits; null for a file that could not be read
 */
public record Original(Path file, String sha256) {

    static Original of(Path file) throws IOException {
        return new Original(file, hash(file));
    }

    /** The same of a file that may not be readable. */
    static Original perhaps(Path file) {
        try {
            return of(file);
        } catch (IOException e) {
            return new Original(file, null);
        }
    }

    /** Whether the file has another content now. A missing file has none. */
    boolean isReplaced() throws IOException {
        try {
            return sha256 != null && !sha256.equals(hash(file));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String hash(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    /** A new SHA-256. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
