package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The metadata of a video: its source and its request. The prompt itself may be confidential, so only its hash is
 * there.
 */
public final class VideoMetadata {
    public static final String SHA256 = "sha256";
    static final String RUN = "run";

    private static final Map<String, String> HEADERS = new LinkedHashMap<>();

    static {
        HEADERS.put(RUN, Hh1Constants.RUN_ID);
        HEADERS.put("model", Hh1Constants.MODEL);
        HEADERS.put("seed", Hh1Constants.SEED);
        HEADERS.put(SHA256, Hh1Constants.VIDEO_SHA256);
        HEADERS.put("width", Hh1Constants.VIDEO_WIDTH);
        HEADERS.put("height", Hh1Constants.VIDEO_HEIGHT);
    }

    private VideoMetadata() {}

    public static Map<String, String> of(Exchange exchange) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("source", ascii(S3Headers.key(exchange)));
        HEADERS.forEach((name, header) -> {
            Object value = exchange.getMessage().getHeader(header);
            if (value != null) {
                metadata.put(name, value.toString());
            }
        });
        Duration length = exchange.getMessage().getHeader(Hh1Constants.VIDEO_DURATION, Duration.class);
        if (length != null) {
            metadata.put(
                    "seconds",
                    BigDecimal.valueOf(length.toMillis(), 3)
                            .stripTrailingZeros()
                            .toPlainString());
        }
        String prompt = exchange.getMessage().getHeader(Hh1Constants.PROMPT, String.class);
        if (prompt != null) {
            metadata.put("prompt-sha256", sha256(prompt));
        }
        return metadata;
    }

    /** S3 takes nothing else in metadata. */
    private static String ascii(String key) {
        return key.replaceAll("[^ -~]", "?");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
