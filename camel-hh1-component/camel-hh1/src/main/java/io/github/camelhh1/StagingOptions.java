package io.github.camelhh1;

import io.github.camelhh1.staging.LinkLife;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.staging.Stagings;
import io.github.camelhh1.text.HttpUrl;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** How an endpoint's options say that images get a URL. */
final class StagingOptions {
    private StagingOptions() {}

    static void check(Hh1Configuration options, List<String> broken) {
        String uri = options.getStagingUri();
        String directory = options.getStagingDirectory();
        String baseUrl = options.getStagingBaseUrl();
        long ways = Stream.of(uri != null, directory != null, options.isInlineImages())
                .filter(set -> set)
                .count();
        OptionRules.rule(
                ways <= 1, "stagingUri, stagingDirectory and inlineImages exclude each other: set one", broken);
        OptionRules.rule(
                directory == null || baseUrl != null,
                "stagingDirectory needs stagingBaseUrl: set it to where the directory is served",
                broken);
        OptionRules.rule(
                baseUrl == null || directory != null,
                "stagingBaseUrl needs stagingDirectory: set it to the directory that is served there",
                broken);
        OptionRules.rule(
                directory == null || !directory.isBlank(),
                "stagingDirectory must not be blank; leave it out for none",
                broken);
        OptionRules.rule(
                baseUrl == null || HttpUrl.is(baseUrl), "stagingBaseUrl must be an absolute http(s) URL", broken);
        OptionRules.rule(
                options.getStagingCleanupUri() == null || (uri != null && !Stagings.isS3(uri)),
                "stagingCleanupUri goes with a stagingUri that is not aws2-s3:, for all else is removed without it",
                broken);
    }

    static Stagings.Options of(Hh1Endpoint endpoint) {
        Hh1Configuration options = endpoint.getConfiguration();
        CamelContext context = endpoint.getCamelContext();
        return new Stagings.Options(
                resolved(context, options.getStagingUri()),
                resolved(context, options.getStagingCleanupUri()),
                options.getStagingDirectory(),
                options.getStagingBaseUrl(),
                options.isStagingCleanup(),
                LinkLife.of(
                        Duration.ofMillis(options.getGenerationTimeout()),
                        options.getMaxAttempts(),
                        Duration.ofMillis(options.getMaxRetryDelay())));
    }

    private static @Nullable String resolved(CamelContext context, @Nullable String uri) {
        return uri == null ? null : context.resolvePropertyPlaceholders(uri);
    }

    /** Null when images are not staged. */
    static @Nullable Staging staging(Hh1Endpoint endpoint) throws Exception {
        Stagings.Options options = of(endpoint);
        return options.any()
                ? Stagings.of(options, endpoint.getComponent().runtime().stagings())
                : null;
    }

    /** The bucket whose objects are linked in place; null when there is none. */
    static @Nullable String bucket(Hh1Endpoint endpoint) {
        return Stagings.bucket(
                resolved(endpoint.getCamelContext(), endpoint.getConfiguration().getStagingUri()));
    }
}
