package io.github.camelhh1.text;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Links over http or https, encoded as browsers do it: UTF-8 in percent form, other scripts in a host as Punycode. Text
 * that {@link URI} takes, and text that is encoded already, stays as it is. Nothing is normalized.
 */
public final class HttpUrl {
    /** Names that Java does not take for hosts, most of all those with an underscore. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.?)(?::(\\d{0,9}))?");

    private static final Pattern LINK = Pattern.compile("(?is)(https?://)([^/?#\\\\]*)(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(?s)((?:.*@)?)(.*?)((?::\\d*)?)");
    private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Pattern LINE_ENDS = Pattern.compile("[\\t\\r\\n]");
    private static final String IN_PATH = "-_.!~'()*,;:$&+=@/";
    private static final String IN_QUERY = IN_PATH + "?[]";
    private static final int LAST_ASCII = 0x7E;

    private HttpUrl() {}

    /** Whether it is absolute and names a host or the like, as it stands. */
    public static boolean is(String text) {
        URI uri = parsed(text);
        return uri != null && uri.getRawAuthority() != null;
    }

    /**
     * A link whose host can be asked: as it stands where Java understands it, else encoded as browsers do. Null where
     * that does not help.
     */
    public static @Nullable URI of(String text) {
        URI plain = parsed(text);
        if (plain != null && plain.getHost() != null) {
            return plain;
        }
        URI encoded = parsed(encoded(text));
        return encoded != null && host(encoded) != null ? encoded : null;
    }

    /** The target of a redirect. Its header was read byte by byte, which is UTF-8 where it is not ASCII. */
    public static URI redirected(URI from, String location) throws URISyntaxException {
        URI target = from.resolve(new URI(encoded(utf8(location))));
        URI understood = of(target.toString());
        return understood == null ? target : understood;
    }

    private static String utf8(String header) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }

    /** The link as a request names it: in ASCII, with the very characters of the link in percent form. */
    public static URI ascii(URI link) {
        String text = link.toString();
        return text.chars().allMatch(each -> each < 0x80) ? link : URI.create(encoded(text));
    }

    /** A link that cannot be used, as it can be kept: only characters that no database takes as text are encoded. */
    public static String printable(String link) {
        var all = new StringBuilder();
        link.codePoints().forEach(each -> append(all, each, !Character.isISOControl(each) && !isSurrogate(each)));
        return all.toString();
    }

    /** Null where it names none that can be asked. */
    public static @Nullable String host(URI uri) {
        if (uri.getHost() != null) {
            return uri.getHost();
        }
        Matcher named = NAME.matcher(authority(uri));
        return named.matches() ? named.group(1) : null;
    }

    /** As it is written; -1 where it is not. */
    public static int port(URI uri) {
        if (uri.getHost() != null) {
            return uri.getPort();
        }
        Matcher named = NAME.matcher(authority(uri));
        String port = named.matches() ? named.group(2) : null;
        return port == null || port.isEmpty() ? -1 : Integer.parseInt(port);
    }

    private static String authority(URI uri) {
        return uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    }

    /** As it stands; null unless its scheme is http or https. */
    public static @Nullable URI parsed(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Of any text, a relative reference too. Not everything becomes a URI. */
    private static String encoded(String text) {
        String link = LINE_ENDS.matcher(text.trim()).replaceAll("");
        Matcher absolute = LINK.matcher(link);
        return absolute.matches()
                ? absolute.group(1) + encodedAuthority(absolute.group(2)) + behindTheHost(absolute.group(3))
                : behindTheHost(link);
    }

    private static String encodedAuthority(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches() || parts.group(2).chars().allMatch(each -> each <= LAST_ASCII)) {
            return authority;
        }
        try {
            return parts.group(1) + IDN.toASCII(parts.group(2), IDN.ALLOW_UNASSIGNED) + parts.group(3);
        } catch (IllegalArgumentException e) {
            return authority;
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
                    : (each <= LAST_ASCII && Character.isLetterOrDigit(each)) || allowed.indexOf(each) >= 0;
            append(all, each, asItIs);
            i += Character.charCount(each);
        }
        return all.toString();
    }

    private static boolean isSurrogate(int each) {
        return each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE;
    }

    /** Half a character becomes the sign for an unreadable one. */
    private static void append(StringBuilder all, int each, boolean asItIs) {
        if (asItIs) {
            all.appendCodePoint(each);
            return;
        }
        String text = isSurrogate(each) ? "\uFFFD" : Character.toString(each);
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            all.append(String.format("%%%02X", one));
        }
    }
}
