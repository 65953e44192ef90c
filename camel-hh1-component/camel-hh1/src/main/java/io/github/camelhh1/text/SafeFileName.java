package io.github.camelhh1.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** File names made of names that strangers chose: one segment that is valid and harmless on every file system. */
public final class SafeFileName {
    private static final int LONGEST = 100;
    /** No file system has longer ones. */
    private static final int LONGEST_PATH = 4096;
    /** Only so much is normalized: composing characters takes quadratic time for a row of accents. */
    private static final int LOOKED_AT = 4 * LONGEST;
    /** File systems count bytes and take 255; the rest is for a number and an extension. */
    private static final int LONGEST_BYTES = 200;

    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._ ()+=,@-]+");
    private static final Pattern EDGES = Pattern.compile("^[. -]+|[. ]+$");
    private static final Pattern DEVICES =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\\$|conout\\$)(\\..*)?");

    private SafeFileName() {}

    /** The last segment without its extension, cleaned; {@code otherwise} when nothing is left of it. */
    public static String baseName(String name, String otherwise) {
        String end = name.substring(Math.max(0, name.length() - LONGEST_PATH));
        int separator = Math.max(end.lastIndexOf('/'), Math.max(end.lastIndexOf('\\'), end.lastIndexOf(':')));
        String last = end.substring(separator + 1);
        int dot = last.lastIndexOf('.');
        String whole = dot > 0 ? last.substring(0, dot) : last;
        String looked = whole.substring(0, Math.min(LOOKED_AT, whole.length()));
        String base = UNSAFE.matcher(Normalizer.normalize(looked, Normalizer.Form.NFC))
                .replaceAll("_");
        base = trimmed(base);
        base = trimmed(shortened(base));
        if (base.isEmpty()) {
            return otherwise;
        }
        return DEVICES.matcher(base).matches() ? "_" + base : base;
    }

    private static String shortened(String base) {
        int end = 0;
        int bytes = 0;
        for (int characters = 0; end < base.length() && characters < LONGEST; characters++) {
            int next = base.offsetByCodePoints(end, 1);
            bytes += base.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_BYTES) {
                break;
            }
            end = next;
        }
        return base.substring(0, end);
    }

    /** No dot or space first or last: hidden here, lost there. No hyphen first: commands take it for an option. */
    private static String trimmed(String base) {
        return EDGES.matcher(base).replaceAll("");
    }
}
