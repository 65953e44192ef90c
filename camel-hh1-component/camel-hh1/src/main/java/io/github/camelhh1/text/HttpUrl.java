package io.github.camelhh1.text;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** What is a link over http or https; the one judge of it. */
public final class HttpUrl {
    private HttpUrl() {}

    /** Whether it is absolute and names somebody to ask. */
    public static boolean is(String text) {
        URI uri = parsed(text);
        return uri != null && uri.getRawAuthority() != null;
    }

    /** Whether it also names that somebody as Java understands host names, so that it can be connected to. */
    public static boolean namesHost(String text) {
        URI uri = parsed(text);
        return uri != null && uri.getHost() != null;
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
