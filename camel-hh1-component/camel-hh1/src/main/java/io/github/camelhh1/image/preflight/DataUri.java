package io.github.camelhh1.image.preflight;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageContents;
import io.github.camelhh1.image.ImageLook;
import java.io.IOException;
import java.util.Locale;

/** Content within a link. Looked at where it stands: only its start is decoded, and its length is computed. */
record DataUri(String text, int start, boolean base64) {

    private static final String START = "data:image/";

    static boolean is(String image) {
        return image.regionMatches(true, 0, START, 0, START.length()) && image.indexOf(',') > 0;
    }

    static DataUri of(String image) {
        int comma = image.indexOf(',');
        boolean base64 = image.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64");
        return new DataUri(image, comma + 1, base64);
    }

    ImageLook look() {
        return ImageLook.at(new DataUriStream(text, start, base64), length());
    }

    /** All of it decoded, into memory. */
    ImageContent content() {
        try (var in = new DataUriStream(text, start, base64)) {
            return ImageContents.ofOwn(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("a text can always be read", e);
        }
    }

    /** Of the decoded bytes; of a text that is not base64, its own. */
    private long length() {
        long characters = (long) text.length() - start;
        if (!base64) {
            return characters - 2L * count('%');
        }
        long digits = characters - count('=') - count('\n') - count('\r') - count(' ');
        return digits * 6 / 8;
    }

    private long count(char c) {
        long count = 0;
        for (int at = text.indexOf(c, start); at >= 0; at = text.indexOf(c, at + 1)) {
            count++;
        }
        return count;
    }
}
