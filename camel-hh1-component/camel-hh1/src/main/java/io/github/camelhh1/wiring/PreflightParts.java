package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.fix.ImageIoFixer;
import io.github.camelhh1.image.preflight.ImageFixer;
import io.github.camelhh1.image.preflight.LinkedImages;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.PreflightMode;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.link.FirstBytes;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The preflight of an endpoint. */
public final class PreflightParts {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private PreflightParts() {}

    static Preflight of(EndpointOptions endpoint) {
        return of(endpoint, endpoint.configuration().isPreflightUrls() ? linked(endpoint) : null);
    }

    /** For {@code estimate}: nothing leaves the JVM. */
    public static Preflight ofEstimate(EndpointOptions endpoint) {
        return of(endpoint, null);
    }

    private static Preflight of(EndpointOptions endpoint, @Nullable LinkedImages links) {
        Hh1Configuration options = endpoint.configuration();
        ComponentParts component = endpoint.component();
        var mode = PreflightMode.valueOf(options.getPreflight().toUpperCase(Locale.ROOT));
        ImageFixer fixer = mode == PreflightMode.FIX
                ? new ImageIoFixer(
                        options.getPreflightMaxPixels(),
                        component::privateDirectory,
                        fix -> component.images().execute(fix),
                        component.rooms)
                : null;
        return new Preflight(
                mode,
                links,
                fixer,
                findings -> LOG.warn("The service may refuse an image, which is sent all the same: {}", findings));
    }

    /** Looks at the first bytes of images behind links, on hosts that videos may be fetched from too. */
    private static LinkedImages linked(EndpointOptions endpoint) {
        ComponentParts component = endpoint.component();
        AddressGuard guard = VideoFetch.guard(endpoint);
        var start = new FirstBytes(component.connections().images(guard), guard, component.timers);
        return link -> start.fetch(link, MOST_BYTES, LIMIT)
                .thenApplyAsync(
                        found -> found.problem() != null
                                ? new LinkedImages.Found(null, found.problem())
                                : new LinkedImages.Found(look(found), null),
                        component.rooms);
    }

    /** A header that goes on behind the fetched bytes may be as good as any. */
    private static ImageLook look(FirstBytes.Start start) {
        ImageLook look = ImageLook.at(start.bytes(), start.length());
        boolean whole = start.length() >= 0 && start.length() <= MOST_BYTES;
        boolean cut = look.header() == null && !whole && start.bytes().available() == 0;
        return cut ? new ImageLook(look.format(), look.length(), null, null) : look;
    }
}
