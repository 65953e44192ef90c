package io.github.camelhh1.simulator.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Takes a JSON text as it arrives and moves the content of {@code data:image/…;base64,} strings into the store, leaving
 * {@code sha256:} and the digest in its place. Two hundred uploads of several megabytes at once thus stay small.
 */
public final class InlineImages {
    /** The text before the digest that stands for inline content. */
    static final String DIGEST = ",sha256:";

    private static final int TEXT_LIMIT = 1024 * 1024;
    private static final int LONGEST_PREFIX = 100;
    private static final int DECODED_AT_ONCE = 4 * 4096;
    private static final byte[] NONE = {};

    private final PictureStore store;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private byte[] base64 = NONE;
    private int base64Length;
    private final StringBuilder prefix = new StringBuilder();
    private boolean inString;
    private boolean escaped;
    private boolean broken;
    private PictureStore.@Nullable Incoming image;

    public InlineImages(PictureStore store) {
        this.store = store;
    }

    public void write(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (image == null) {
                json(bytes[i]);
            } else {
                content(bytes[i], image);
            }
        }
    }

    /** The JSON that remains; cut when it was over the limit. */
    public String text() {
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Whether the text without its images was too long. */
    public boolean tooLarge() {
        return text.size() >= TEXT_LIMIT;
    }

    /** To be called when the text will not be finished. */
    public void discard() {
        if (image != null) {
            image.discard();
            image = null;
        }
    }

    private void json(byte b) {
        if (text.size() < TEXT_LIMIT) {
            text.write(b);
        }
        if (!inString) {
            inString = b == '"';
            prefix.setLength(0);
        } else if (escaped) {
            escaped = false;
            prefixed(b);
        } else if (b == '"') {
            inString = false;
        } else if (b == '\\') {
            escaped = true;
        } else {
            prefixed(b);
        }
    }

    private void prefixed(byte b) {
        if (prefix.length() < LONGEST_PREFIX) {
            prefix.append((char) b);
            if (b == ','
                    && prefix.indexOf("data:image/") == 0
                    && prefix.toString().endsWith(";base64,")) {
                image = store.receive();
                base64 = new byte[DECODED_AT_ONCE];
                broken = false;
            }
        }
    }

    private void content(byte b, PictureStore.Incoming into) {
        if (b == '"') {
            decode(into);
            String name = DIGEST.substring(1) + into.finish() + (broken ? "-broken" : "");
            text.writeBytes((name + '"').getBytes(StandardCharsets.US_ASCII));
            image = null;
            base64 = NONE;
            inString = false;
        } else if (b != '\\') { // JSON may write "/" as "\/"
            base64[base64Length++] = b;
            if (base64Length == base64.length) {
                decode(into);
            }
        }
    }

    private void decode(PictureStore.Incoming into) {
        byte[] quads = base64Length == base64.length ? base64 : Arrays.copyOf(base64, base64Length);
        base64Length = 0;
        try {
            byte[] decoded = Base64.getDecoder().decode(quads);
            into.write(decoded, 0, decoded.length);
        } catch (IllegalArgumentException e) {
            broken = true;
        }
    }
}
