package io.github.camelhh1.staging;

import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.jspecify.annotations.Nullable;

/** Makes the staging that options ask for. */
public final class Stagings {
    private Stagings() {}

    /**
     * What the options say.
     *
     * @param uri endpoint that stores; null when there is none
     * @param cleanupUri endpoint that removes; null when there is none
     * @param directory to write to; null when there is none
     * @param baseUrl where that directory is served
     * @param cleanup whether images are removed
     */
    public record Options(
            @Nullable String uri,
            @Nullable String cleanupUri,
            @Nullable String directory,
            @Nullable String baseUrl,
            boolean cleanup,
            LinkLife life) {

        /** Whether they ask for a staging at all. */
        public boolean any() {
            return uri != null || directory != null;
        }
    }

    /**
     * What the endpoints of a component share.
     *
     * @param node tells this component from all others that use the same store
     * @param staging runs what may block
     * @param rooms carries on afterwards
     */
    public record Shared(CamelContext context, String node, SharedImages images, Executor staging, Executor rooms) {}

    /** Null when no staging is asked for. */
    public static @Nullable Staging of(Options options, Shared shared) throws Exception {
        Store store = store(options, shared);
        return store == null ? null : new SharedStaging(store, shared.images(), options.cleanup(), options.life());
    }

    private static @Nullable Store store(Options options, Shared shared) throws Exception {
        if (options.directory() != null && options.baseUrl() != null) {
            return DirectoryStore.of(options.directory(), options.baseUrl(), shared.staging(), shared.rooms());
        } else if (options.uri() == null) {
            return null;
        }
        Endpoint endpoint = shared.context().getEndpoint(options.uri());
        S3Options s3 = S3Options.of(endpoint);
        if (s3 != null) {
            if (options.cleanupUri() != null) {
                throw new IllegalArgumentException(
                        "stagingCleanupUri goes with a stagingUri that is no S3 endpoint, for all else is removed without it");
            }
            S3Settings settings = S3Settings.of(s3, options.life().whole());
            // Buckets of two stores may have the same name: their images are not the same ones.
            String folder =
                    shared.node() + "-" + Integer.toHexString(s3.client().hashCode());
            return new S3Store(settings, folder, call(endpoint, shared));
        }
        String cleanup = options.cleanup() ? options.cleanupUri() : null;
        return new EndpointStore(
                options.uri(),
                call(endpoint, shared),
                cleanup == null ? null : call(shared.context().getEndpoint(cleanup), shared));
    }

    private static EndpointCall call(Endpoint endpoint, Shared shared) throws Exception {
        return new EndpointCall(shared.context(), endpoint, shared.staging(), shared.rooms());
    }
}
