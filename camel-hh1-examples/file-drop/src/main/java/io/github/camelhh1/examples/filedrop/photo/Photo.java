package io.github.camelhh1.examples.filedrop.photo;

import io.github.camelhh1.examples.filedrop.folder.Sidecars;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * A photo on its way through the route, kept in an exchange property.
 *
 * @param file where it lies, in {@code in}
 * @param sidecars its sidecars: none or one; two are an error
 * @param sha256 of its content
 * @param videoName base name of its video and record
 */
public record Photo(Path file, List<Path> sidecars, String sha256, String videoName) {
    private static final String PROPERTY = "drop.photo";

    static Photo look(Path file, String videoName) throws IOException {
        return new Photo(file, Sidecars.of(file), sha256(file), videoName);
    }

    /** The photo of a late result: its name is known, and its content is not looked at. */
    public static Photo recalled(Path file, String videoName) {
        return new Photo(file, List.of(), "", videoName);
    }

    /** The photo of this exchange. */
    public static Photo of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Photo.class);
    }

    public Photo withVideoName(String name) {
        return new Photo(file, sidecars, sha256, name);
    }

    public void keepIn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.setProperty("drop.videoName", videoName);
    }

    public String name() {
        return file.getFileName().toString();
    }

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256Digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
