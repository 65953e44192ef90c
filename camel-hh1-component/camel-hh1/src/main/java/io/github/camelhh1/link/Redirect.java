package io.github.camelhh1.link;

import io.github.camelhh1.text.HttpUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The target of a redirect, or the objection to it. One of the two is null. */
public record Redirect(@Nullable URI target, @Nullable String objection) {
    static final int MAX = 3;

    private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);

    public static boolean is(int status) {
        return STATUS.contains(status);
    }

    /** The guard checks the target; this method does not. */
    public static Redirect from(URI url, @Nullable String location, int followed) {
        if (followed >= MAX) {
            return new Redirect(null, "the URL redirects more than " + MAX + " times");
        }
        URI target;
        try {
            target = location == null || location.isBlank() ? null : HttpUrl.redirected(rooted(url), location);
        } catch (IllegalArgumentException | URISyntaxException e) {
            target = null;
        }
        if (target == null) {
            return new Redirect(null, "the URL redirects to no valid URL");
        }
        return "https".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(target.getScheme())
                ? new Redirect(null, "the URL redirects from https to a less safe scheme")
                : new Redirect(target, null);
    }

    /** Java resolves {@code b} against {@code https://a} to {@code https://ab}, which is another host. */
    private static URI rooted(URI url) {
        return url.getRawPath().isEmpty() ? url.resolve("/") : url;
    }
}
