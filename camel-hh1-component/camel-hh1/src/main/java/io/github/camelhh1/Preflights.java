package io.github.camelhh1;

import io.github.camelhh1.image.fix.ImageIoFixer;
import io.github.camelhh1.image.preflight.ImageFixer;
import io.github.camelhh1.image.preflight.LinkedImages;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.PreflightMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An endpoint's preflight, as its options say. */
final class Preflights {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private Preflights() {}

    static Preflight of(Hh1Endpoint endpoint) {
        return of(endpoint, endpoint.getConfiguration().isPreflightUrls() ? new LinkPreflight(endpoint) : null);
    }

    /** For {@code estimate}: nothing leaves the JVM. */
    static Preflight ofEstimate(Hh1Endpoint endpoint) {
        return of(endpoint, null);
    }

    private static Preflight of(Hh1Endpoint endpoint, @Nullable LinkedImages links) {
        Hh1Configuration options = endpoint.getConfiguration();
        Hh1Runtime runtime = endpoint.getComponent().runtime();
        var mode = PreflightMode.valueOf(options.getPreflight().toUpperCase(Locale.ROOT));
        ImageFixer fixer = mode == PreflightMode.FIX
                ? new ImageIoFixer(
                        options.getPreflightMaxPixels(),
                        runtime::privateDirectory,
                        fix -> runtime.images().execute(fix),
                        runtime.rooms)
                : null;
        return new Preflight(
                mode,
                links,
                fixer,
                findings -> LOG.warn("The image may be refused, and is sent all the same: {}", findings));
    }
}
