package io.github.camelhh1.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** File names made of names that strangers chose: one segment, no surprise for any file system. */
public final class SafeFileName {
    private static final int LONGEST = 100;
    /** File systems count bytes and take 255; the rest is for a number and an extension. */
    private static final int LONGEST_BYTES = 200;

    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._ ()+=,@-]+");
    private static final Pattern EDGES = Pattern.compile("^[. ]+|[. ]+$");
    private static final Pattern DEVICES =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\\$|conout\\$)(\\..*)?");

    private SafeFileName() {}

    /** The last segment without its extension, cleaned; {@code otherwise} when nothing is left of it. */
    public static String baseName(String name, String otherwise) {
        String whole = Normalizer.normalize(name, Normalizer.Form.NFC);
        int separator = Math.max(whole.lastIndexOf('/'), Math.max(whole.lastIndexOf('\\'), whole.lastIndexOf(':')));
        String last = whole.substring(separator + 1);
        int dot = last.lastIndexOf('.');
        String base = UNSAFE.matcher(dot > 0 ? last.substring(0, dot) : last).replaceAll("_");
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

    /** No dot or space first or last: hidden here, lost there. */
    private static String trimmed(String base) {
        return EDGES.matcher(base).replaceAll("");
    }
}
