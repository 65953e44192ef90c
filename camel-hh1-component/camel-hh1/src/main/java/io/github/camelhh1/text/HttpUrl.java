package io.github.camelhh1.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is a link over http or https; the one judge of it. */
public final class HttpUrl {
    /** Names that Java takes for no host, most of all those with an underscore. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.?)(?::(\\d{0,9}))?");

    private HttpUrl() {}

    /** Whether it is absolute and names somebody to ask, as it stands. */
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
        URI encoded = parsed(BrowserUrl.encoded(text));
        return encoded != null && host(encoded) != null ? encoded : null;
    }

    /** Where a redirect leads, as its header was read: byte by byte, which is UTF-8 where it is not ASCII. */
    public static URI redirected(URI from, String location) throws URISyntaxException {
        URI target = from.resolve(new URI(BrowserUrl.encoded(utf8(location))));
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

    /** What a request for it names: ASCII, and the very characters of the link in percent form. */
    public static URI ascii(URI link) {
        String text = link.toString();
        return text.chars().allMatch(each -> each < 0x80) ? link : URI.create(BrowserUrl.encoded(text));
    }

    /** A link that cannot be used, as it can be kept. */
    public static String printable(String link) {
        return BrowserUrl.printable(link);
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

    private static @Nullable URI parsed(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
