package io.github.camelhh1.simulator.pictures;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Whether there is an image behind what a request calls its image. */
public final class ImageCheck implements AutoCloseable {
    private final PictureStore store;
    private final ImageFetch fetch;
    private final boolean fetching;

    public ImageCheck(PictureStore store, boolean fetching) {
        this.store = store;
        this.fetch = new ImageFetch(store);
        this.fetching = fetching;
    }

    /** From now on images are fetched from private addresses, too. */
    public void allowPrivateHosts() {
        fetch.allowPrivateHosts();
    }

    /**
     * Completes with the picture, or with nothing for a link when links need not lead anywhere, or with an exception
     * whose message says what is wrong.
     */
    public CompletionStage<@Nullable Picture> check(String image) {
        try {
            if (!image.toLowerCase(Locale.ROOT).startsWith("data:")) {
                return fetching
                        ? fetch.fetch(URI.create(image)).thenApply(picture -> picture)
                        : CompletableFuture.completedFuture(null);
            }
            int digest = image.indexOf(InlineImages.DIGEST);
            if (digest < 0) {
                throw new IOException("a data: URI without base64 content");
            }
            return CompletableFuture.completedFuture(
                    store.find(image.substring(digest + InlineImages.DIGEST.length())));
        } catch (IOException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        fetch.close();
    }
}
