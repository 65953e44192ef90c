package io.github.camelhh1.text;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Encodes a link as browsers do before they ask for it: UTF-8 in percent form, other scripts in a host as Punycode. What
 * {@link java.net.URI} takes as it is stays as it is, what is encoded already too. Nothing is normalized.
 */
final class BrowserUrl {
    private static final Pattern LINK = Pattern.compile("(?is)(https?://)([^/?#\\\\]*)(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(?s)((?:.*@)?)(.*?)((?::\\d*)?)");
    private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Pattern LINE_ENDS = Pattern.compile("[\\t\\r\\n]");
    private static final String IN_PATH = "-_.!~'()*,;:$&+=@/";
    private static final String IN_QUERY = IN_PATH + "?[]";
    private static final int FIRST_VISIBLE = 0x21;
    private static final int FIRST_BEYOND_ASCII = 0x7F;

    private BrowserUrl() {}

    /** Of any text, a relative reference too. Not everything becomes a URI. */
    static String encoded(String text) {
        String link = LINE_ENDS.matcher(stripped(text)).replaceAll("");
        Matcher absolute = LINK.matcher(link);
        return absolute.matches()
                ? absolute.group(1) + authority(absolute.group(2)) + behindTheHost(absolute.group(3))
                : behindTheHost(link);
    }

    /** Only what no database takes as text is encoded. */
    static String printable(String text) {
        var all = new StringBuilder();
        text.codePoints().forEach(each -> {
            if (Character.isISOControl(each) || isSurrogate(each)) {
                append(all, each);
            } else {
                all.appendCodePoint(each);
            }
        });
        return all.toString();
    }

    private static String stripped(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && text.charAt(begin) < FIRST_VISIBLE) {
            begin++;
        }
        while (end > begin && text.charAt(end - 1) < FIRST_VISIBLE) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static String authority(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() ? parts.group(1) + host(parts.group(2)) + parts.group(3) : authority;
    }

    private static String host(String host) {
        if (host.chars().allMatch(each -> each < FIRST_BEYOND_ASCII)) {
            return host;
        }
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    private static String behindTheHost(String text) {
        int hash = text.indexOf('#');
        String sent = hash < 0 ? text : text.substring(0, hash);
        int question = sent.indexOf('?');
        String path = question < 0 ? sent : sent.substring(0, question);
        return encoded(path.replace('\\', '/'), IN_PATH)
                + (question < 0 ? "" : "?" + encoded(sent.substring(question + 1), IN_QUERY))
                + (hash < 0 ? "" : "#" + encoded(text.substring(hash + 1), IN_QUERY));
    }

    private static String encoded(String text, String allowed) {
        var all = new StringBuilder();
        Matcher escape = ENCODED.matcher(text);
        for (int i = 0; i < text.length(); ) {
            int each = text.codePointAt(i);
            boolean asItIs = each == '%'
                    ? escape.region(i, text.length()).lookingAt()
                    : isLetterOrDigit(each) || allowed.indexOf(each) >= 0;
            if (asItIs) {
                all.appendCodePoint(each);
            } else {
                append(all, each);
            }
            i += Character.charCount(each);
        }
        return all.toString();
    }

    private static boolean isLetterOrDigit(int each) {
        return each < FIRST_BEYOND_ASCII && Character.isLetterOrDigit(each);
    }

    private static boolean isSurrogate(int each) {
        return each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE;
    }

    /** Half a character becomes the sign for what cannot be read. */
    private static void append(StringBuilder all, int each) {
        String text = isSurrogate(each) ? "\uFFFD" : Character.toString(each);
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            all.append(String.format("%%%02X", one));
        }
    }
}
