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
        if (isS3(options.uri())) {
            S3Settings settings = S3Settings.of(endpoint, options.life().whole());
            return new S3Store(settings, shared.node(), call(endpoint, shared));
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

    /** Whether the staging endpoint is one that is understood without a route. */
    public static boolean isS3(@Nullable String uri) {
        return uri != null && uri.startsWith(S3Settings.SCHEME);
    }
}
