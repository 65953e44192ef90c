package io.github.camelhh1.image.preflight;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageLook;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * The bytes of a {@code data:} URI, decoded as they are read. Skips characters that cannot be decoded, as browsers do.
 */
final class DataUri extends InputStream {
    private static final String START = "data:image/";
    private static final byte[] DIGITS = digits();

    private final String text;
    private final boolean base64;
    private int next;
    private int bits;
    private int held;

    DataUri(String text) {
        int comma = text.indexOf(',');
        this.text = text;
        this.base64 = text.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64");
        this.next = comma + 1;
    }

    static boolean is(String image) {
        return image.regionMatches(true, 0, START, 0, START.length()) && image.indexOf(',') > 0;
    }

    private static byte[] digits() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** Only the start is decoded; the length is computed. Nothing may have been read before. */
    ImageLook look() {
        long length = decodedLength();
        return ImageLook.at(this, length);
    }

    /** Decodes all, into memory. Nothing may have been read before. */
    ImageContent content() {
        try {
            return ImageContent.ofOwn(readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("a text can always be read", e);
        }
    }

    private long decodedLength() {
        long characters = (long) text.length() - next;
        if (!base64) {
            return characters - 2L * count('%');
        }
        long digits = characters - count('=') - count('\n') - count('\r') - count(' ');
        return digits * 6 / 8;
    }

    private long count(char c) {
        long count = 0;
        for (int at = text.indexOf(c, next); at >= 0; at = text.indexOf(c, at + 1)) {
            count++;
        }
        return count;
    }

    @Override
    public int read() {
        return base64 ? fromBase64() : fromText();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int given = 0;
        while (given < length) {
            int value = read();
            if (value < 0) {
                return given == 0 ? -1 : given;
            }
            target[offset + given++] = (byte) value;
        }
        return given;
    }

    private int fromBase64() {
        while (held < 8 && next < text.length()) {
            char c = text.charAt(next++);
            if (c == '=') {
                next = text.length();
            } else if (c < DIGITS.length && DIGITS[c] >= 0) {
                bits = bits << 6 | DIGITS[c];
                held += 6;
            }
        }
        if (held < 8) {
            return -1;
        }
        held -= 8;
        return bits >> held & 0xff;
    }

    private int fromText() {
        if (next >= text.length()) {
            return -1;
        }
        char c = text.charAt(next++);
        if (c == '%' && next + 1 < text.length()) {
            int high = Character.digit(text.charAt(next), 16);
            int low = Character.digit(text.charAt(next + 1), 16);
            if (high >= 0 && low >= 0) {
                next += 2;
                return high << 4 | low;
            }
        }
        return c & 0xff;
    }
}
