package io.github.camelhh1.text;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** File names made of names that strangers chose: one segment, no surprise for any file system. */
public final class SafeFileName {
    private static final int LONGEST = 100;
    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._ ()+=,@-]+");
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
        base = trimmed(base.substring(
                0, base.offsetByCodePoints(0, Math.min(LONGEST, base.codePointCount(0, base.length())))));
        if (base.isEmpty()) {
            return otherwise;
        }
        return DEVICES.matcher(base).matches() ? "_" + base : base;
    }

    /** No dot or space first or last: hidden here, lost there. */
    private static String trimmed(String base) {
        return base.replaceAll("^[. ]+|[. ]+$", "");
    }
}
