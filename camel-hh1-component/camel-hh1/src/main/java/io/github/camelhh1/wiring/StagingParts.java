package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.staging.S3Bucket;
import io.github.camelhh1.staging.SharedStaging;
import io.github.camelhh1.staging.Staging;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** How an endpoint's options say that images get a URL. */
final class StagingParts {
    private StagingParts() {}

    static SharedStaging.Options of(EndpointOptions endpoint) {
        Hh1Configuration options = endpoint.configuration();
        CamelContext context = endpoint.context();
        return new SharedStaging.Options(
                resolved(context, options.getStagingUri()),
                resolved(context, options.getStagingCleanupUri()),
                options.getStagingDirectory(),
                options.getStagingBaseUrl(),
                options.isStagingCleanup(),
                SharedStaging.LinkLife.of(
                        Duration.ofMillis(options.getGenerationTimeout()),
                        options.getMaxAttempts(),
                        Duration.ofMillis(options.getMaxRetryDelay())));
    }

    private static @Nullable String resolved(CamelContext context, @Nullable String uri) {
        return uri == null ? null : context.resolvePropertyPlaceholders(uri);
    }

    /** Null when images are not staged. */
    static @Nullable Staging staging(EndpointOptions endpoint) throws Exception {
        SharedStaging.Options options = of(endpoint);
        return options.any() ? SharedStaging.of(options, endpoint.component().stagings()) : null;
    }

    /** The bucket whose objects are linked in place; null when there is none. */
    static @Nullable S3Bucket bucket(EndpointOptions endpoint) throws Exception {
        return S3Bucket.of(
                endpoint.context(),
                resolved(endpoint.context(), endpoint.configuration().getStagingUri()));
    }
}
