package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.text.CleanText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store, with one copy of each image for all who need it at once, and its removal when nobody does. */
final class SharedStaging implements Staging {
    private static final Logger LOG = LoggerFactory.getLogger(SharedStaging.class);

    private final Store store;
    private final SharedImages images;
    private final boolean cleanup;
    private final LinkLife life;

    SharedStaging(Store store, SharedImages images, boolean cleanup, LinkLife life) {
        this.store = store;
        this.images = images;
        this.cleanup = cleanup;
        this.life = life;
    }

    @Override
    public Staging onBehalfOf(Caller caller) {
        return new SharedStaging(store.onBehalfOf(caller), images, cleanup, life);
    }

    @Override
    public CompletionStage<StagedImage> stage(ImageContent content) {
        String reference = store.reference(content);
        return images.use(name(reference), life.needed(), life.whole(), () -> store.put(content))
                .<CompletionStage<StagedImage>>handle((url, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.<StagedImage>completedStage(new Use(url, reference));
                    }
                    return notPut(reference)
                            .handle((gone, ignored) -> CompletableFuture.<StagedImage>failedStage(failure))
                            .thenCompose(stage -> stage);
                })
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Boolean> notPut(String reference) {
        SharedImages.Name name = name(reference);
        return store.mayHoldWhatFailed()
                ? images.releaseFailed(name, removal(reference, null))
                : images.release(name, removal(reference, null));
    }

    @Override
    public CompletionStage<StagedImage> link(RequestImage.Stored image) {
        return store.link(image).thenApply(StagedImage::inPlace);
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
        return () -> cleanup ? store.remove(reference, url) : CompletableFuture.completedStage(true);
    }

    private static CompletionStage<Void> logged(String reference, CompletionStage<?> removal) {
        return removal.handle((gone, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                LOG.warn(
                        "The staged image {} could not be removed and stays where it is, which changes nothing for its"
                                + " video: {}",
                        reference,
                        CleanText.of(String.valueOf(cause)));
            }
            return null;
        });
    }

    private final class Use implements StagedImage {
        private final String url;
        private final String reference;

        Use(String url, String reference) {
            this.url = url;
            this.reference = reference;
        }

        @Override
        public String url() {
            return url;
        }

        @Override
        public String reference() {
            String more = store.remembered(url);
            return SharedImages.remembered(reference, more);
        }

        @Override
        public CompletionStage<Void> release() {
            return logged(reference, images.release(name(reference), removal(reference, url)));
        }

        @Override
        public void keep() {
            images.keep(name(reference));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
