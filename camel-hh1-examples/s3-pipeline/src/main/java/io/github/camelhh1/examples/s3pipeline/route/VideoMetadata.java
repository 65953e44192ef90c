package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What stands with a video: where it comes from, and what was asked. The prompt itself may be nobody's business. */
final class VideoMetadata {
    static final String SHA256 = "sha256";
    static final String RUN = "run";

    private VideoMetadata() {}

    static Map<String, String> of(Exchange exchange, InputStream video) throws IOException {
        Message message = exchange.getMessage();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("source", ascii(S3Headers.key(exchange)));
        put(metadata, RUN, message.getHeader(Hh1Constants.RUN_ID));
        put(metadata, "model", message.getHeader(Hh1Constants.MODEL));
        put(metadata, "seed", message.getHeader(Hh1Constants.SEED));
        put(metadata, "seconds", message.getHeader(Hh1Constants.SECONDS));
        String prompt = message.getHeader(Hh1Constants.PROMPT, String.class);
        if (prompt != null) {
            metadata.put("prompt-sha256", hex(sha256().digest(prompt.getBytes(StandardCharsets.UTF_8))));
        }
        metadata.put(SHA256, sha256(video));
        return metadata;
    }

    private static void put(Map<String, String> metadata, String name, Object value) {
        if (value != null) {
            metadata.put(name, value.toString());
        }
    }

    /** S3 takes nothing else in metadata. */
    private static String ascii(String key) {
        return key.replaceAll("[^ -~]", "?");
    }

    private static String sha256(InputStream video) throws IOException {
        MessageDigest digest = sha256();
        try (video;
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            video.transferTo(out);
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
