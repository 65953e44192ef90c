package io.github.camelhh1.staging;

import io.github.camelhh1.async.Offload;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store with one copy of each image for all calls that need it at once; the image is removed when no call needs it. */
public final class SharedStaging implements Staging {
    private static final Logger LOG = LoggerFactory.getLogger(SharedStaging.class);

    private final Store store;
    private final SharedImages images;
    private final boolean cleanup;
    private final LinkLife life;
    private final Caller caller;

    /**
     * The options of an endpoint.
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

        /** Whether a staging is asked for at all. */
        public boolean any() {
            return uri != null || directory != null;
        }
    }

    /**
     * How long the URL of a staged image must live.
     *
     * @param needed by one message: all its attempts, and the delays between them
     * @param whole from the put on: a message may come as late as one call takes, and use the URL of an earlier one
     */
    public record LinkLife(Duration needed, Duration whole) {
        private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

        public static LinkLife of(Duration generationTimeout, int maxAttempts, Duration maxRetryDelay) {
            Duration needed = generationTimeout
                    .multipliedBy(maxAttempts)
                    .plus(maxRetryDelay.multipliedBy(maxAttempts - 1L))
                    .plus(CLOCKS_DIFFER);
            return new LinkLife(needed, needed.plus(generationTimeout));
        }
    }

    /**
     * Shared by the endpoints of a component.
     *
     * @param node tells this component from all others that use the same store
     * @param staging runs work that may block
     * @param rooms completes its results
     */
    public record Shared(CamelContext context, String node, SharedImages images, Executor staging, Executor rooms) {
        private EndpointCall call(Endpoint endpoint) throws Exception {
            return new EndpointCall(context, endpoint, staging, rooms);
        }

        private Endpoint endpoint(String option, String uri) {
            try {
                return context.getEndpoint(uri);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
            }
        }
    }

    SharedStaging(Store store, SharedImages images, boolean cleanup, LinkLife life, Caller caller) {
        this.store = store;
        this.images = images;
        this.cleanup = cleanup;
        this.life = life;
        this.caller = caller;
    }

    /** Null when no staging is asked for. */
    public static @Nullable Staging of(Options options, Shared shared) throws Exception {
        Store store = store(options, shared);
        return store == null
                ? null
                : new SharedStaging(store, shared.images(), options.cleanup(), options.life(), Caller.NONE);
    }

    private static @Nullable Store store(Options options, Shared shared) throws Exception {
        if (options.directory() != null && options.baseUrl() != null) {
            return DirectoryStore.of(options.directory(), options.baseUrl(), shared.staging(), shared.rooms());
        } else if (options.uri() == null) {
            return null;
        }
        Endpoint endpoint = shared.endpoint("stagingUri", options.uri());
        S3Bucket bucket = S3Bucket.of(endpoint);
        if (bucket == null) {
            String cleanup = options.cleanup() ? options.cleanupUri() : null;
            return new EndpointStore(
                    options.uri(),
                    shared.call(endpoint),
                    cleanup == null ? null : shared.call(shared.endpoint("stagingCleanupUri", cleanup)));
        } else if (options.cleanupUri() != null) {
            throw new IllegalArgumentException(
                    "stagingCleanupUri goes with a stagingUri that is no S3 endpoint: images in S3 are removed without it");
        }
        Duration life = options.life().whole();
        S3Store.check(bucket, life);
        // Buckets of two stores may have the same name: their images are not the same ones.
        String folder = bucket.prefix() + shared.node() + "-"
                + Integer.toHexString(bucket.client().hashCode()) + "/";
        return new S3Store(bucket.name(), folder, life, shared.call(endpoint));
    }

    @Override
    public Staging onBehalfOf(Caller message) {
        return new SharedStaging(store, images, cleanup, life, message);
    }

    @Override
    public CompletionStage<StagedImage> stage(ImageContent content) {
        String reference = store.reference(content);
        return images.use(name(reference), life.needed(), life.whole(), () -> store.put(content, caller))
                .exceptionallyCompose(failure -> notPut(reference)
                        .handle((gone, ignored) -> CompletableFuture.<String>failedStage(failure))
                        .thenCompose(Function.identity()))
                .thenApply(url -> staged(reference, url));
    }

    private StagedImage staged(String reference, String url) {
        return new StagedImage(
                url,
                SharedImages.remembered(reference, store.remembered(url)),
                () -> logged(reference, images.release(name(reference), removal(reference, url))),
                () -> images.keep(name(reference)));
    }

    private CompletionStage<Boolean> notPut(String reference) {
        SharedImages.Name name = name(reference);
        return store.mayHoldWhatFailed()
                ? images.releaseFailed(name, removal(reference, null))
                : images.release(name, removal(reference, null));
    }

    @Override
    public CompletionStage<StagedImage> link(RequestImage.Stored image) {
        return store.link(image, caller).thenApply(StagedImage::inPlace);
    }

    @Override
    public CompletionStage<Void> remove(String remembered) {
        String reference = SharedImages.reference(remembered);
        String url = reference.length() == remembered.length() ? null : remembered.substring(reference.length() + 1);
        return logged(reference, images.unkeep(name(reference), removal(reference, url)));
    }

    private SharedImages.Name name(String reference) {
        return new SharedImages.Name(store.place(), reference);
    }

    private Supplier<CompletionStage<Boolean>> removal(String reference, @Nullable String url) {
        return () -> cleanup ? store.remove(reference, url, caller) : CompletableFuture.completedStage(true);
    }

    private static CompletionStage<Void> logged(String reference, CompletionStage<?> removal) {
        return removal.handle((gone, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "The staged image {} could not be removed and stays where it is, which changes nothing for its"
                                + " video: {}",
                        reference,
                        CleanText.of(Offload.cause(failure).toString()));
            }
            return null;
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
