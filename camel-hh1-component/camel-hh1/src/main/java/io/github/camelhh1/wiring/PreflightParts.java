package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.image.fix.ImageIoFixer;
import io.github.camelhh1.image.preflight.Preflight;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An endpoint's preflight, as its options say. */
public final class PreflightParts {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private PreflightParts() {}

    static Preflight of(EndpointOptions endpoint) {
        return of(endpoint, endpoint.configuration().isPreflightUrls() ? new LinkPreflight(endpoint) : null);
    }

    /** For {@code estimate}: nothing leaves the JVM. */
    public static Preflight ofEstimate(EndpointOptions endpoint) {
        return of(endpoint, null);
    }

    private static Preflight of(EndpointOptions endpoint, Preflight.@Nullable Links links) {
        Hh1Configuration options = endpoint.configuration();
        ComponentParts component = endpoint.component();
        var mode = Preflight.Mode.valueOf(options.getPreflight().toUpperCase(Locale.ROOT));
        Preflight.Fixer fixer = mode == Preflight.Mode.FIX
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
}
