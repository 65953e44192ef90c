package io.github.camelhh1.cloudflare;

import java.net.URI;
import java.net.URISyntaxException;

/** What can be the link of a video. Whether it may be fetched is decided where it is fetched. */
final class VideoUrl {
    private static final int LONGEST = 8192;

    private VideoUrl() {}

    static boolean plausible(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
