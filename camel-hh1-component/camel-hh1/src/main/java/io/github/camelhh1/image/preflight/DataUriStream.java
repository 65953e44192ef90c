package io.github.camelhh1.image.preflight;

import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a {@code data:} URI, decoded as they are asked for. Passes over what cannot be decoded, as browsers do. */
final class DataUriStream extends InputStream {
    private static final byte[] DIGITS = digits();

    private final String text;
    private final boolean base64;
    private int next;
    private int bits;
    private int held;

    DataUriStream(String text, int start, boolean base64) {
        this.text = text;
        this.next = start;
        this.base64 = base64;
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
