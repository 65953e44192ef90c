package io.github.camelhh1.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stranger's text fit for a message or a log: one line, no control characters, no credentials or query string of a
 * link (it may be signed), at most 500 characters.
 */
public final class CleanText {
    private static final int LONGEST = 500;
    /** One word of an identifier or a state, as in most answers: there is nothing to clean. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}\\s]+");
    private static final Pattern QUERY = Pattern.compile("(?i)([a-z][a-z0-9+.-]{0,20}://[^\\s?\"'<>]+)\\?[^\\s\"'<>]*");
    private static final Pattern USER_INFO = Pattern.compile("(?i)([a-z][a-z0-9+.-]{0,20}://)[^\\s/@\"'<>]*@");
    /** Anywhere: a link with a space in it does not match as a link, and its signature must not be shown either. */
    private static final Pattern SIGNATURE = Pattern.compile(
            "(?i)([?&](?:[a-z0-9-]*(?:signature|credential|token|secret)[a-z0-9-]*|sig|key)=)[^&\\s\"'<>]*");

    private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[^\\s\"'<>,;]+");
    private static final Pattern DATA = Pattern.compile("(?i)(data:image/[a-z0-9.+-]+;base64,)[a-z0-9+/=]+");

    private CleanText() {}

    public static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : cleaned(text);
    }

    private static String cleaned(String text) {
        String head = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
        String line = INVISIBLE.matcher(head).replaceAll(" ").strip();
        line = USER_INFO.matcher(line).replaceAll("$1");
        line = QUERY.matcher(line).replaceAll("$1?…");
        line = SIGNATURE.matcher(line).replaceAll("$1…");
        line = BEARER.matcher(line).replaceAll("$1***");
        line = DATA.matcher(line).replaceAll("$1…");
        return line.length() <= LONGEST ? line : cut(line, LONGEST) + "…";
    }

    /** Never between the two halves of a character. */
    public static String cut(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    /** The same for a header or a field that may be absent. */
    public static @Nullable String ofHeader(@Nullable String value) {
        return value == null ? null : of(value);
    }
}
