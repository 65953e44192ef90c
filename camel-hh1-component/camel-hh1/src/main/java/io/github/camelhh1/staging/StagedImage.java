package io.github.camelhh1.staging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An image that the provider can fetch, for as long as it is needed. Whoever got it says once, by {@link #release()} or
 * {@link #keep()}, that the call it was for has ended.
 */
public interface StagedImage {

    /** Where it can be fetched; may carry a signature, and is then not for logs or ledgers. */
    String url();

    /**
     * By what {@link Staging#remove} finds it again, also after a restart; no signature is in it. Null for an image that
     * is never removed.
     */
    @Nullable
    String reference();

    /**
     * The outcome is known: the image goes, unless somebody else still needs it. The stage never fails; it completes when
     * that is done, or has failed and was logged.
     */
    CompletionStage<Void> release();

    /** The outcome is not known, the provider may yet fetch the image: it stays until {@link Staging#remove}. */
    void keep();

    /** One that lies where it lies, whatever happens. */
    static StagedImage inPlace(String url) {
        return new StagedImage() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public @Nullable String reference() {
                return null;
            }

            @Override
            public CompletionStage<Void> release() {
                return CompletableFuture.completedStage(null);
            }

            @Override
            public void keep() {
                // It does so anyway.
            }
        };
    }
}
