package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A place for images; knows nothing of who needs them. */
interface Store extends AutoCloseable {

    /** The same store, which works for that message. */
    default Store onBehalfOf(Caller caller) {
        return this;
    }

    /** What tells this place from others: equal references in one place are one image. */
    String place();

    /** By what the image is found again; the same for the same content. */
    String reference(ImageContent content);

    /** Puts it there, in the place of an equal one, and gives its URL. */
    CompletionStage<String> put(ImageContent content);

    /** Whether something may lie there though its put has failed, and is to be removed like what was put. */
    default boolean mayHoldWhatFailed() {
        return false;
    }

    /** {@code url} is what is still known of it; null when nothing is. True when it is gone. */
    CompletionStage<Boolean> remove(String reference, @Nullable String url);

    /** A URL of what lies there anyway. */
    default CompletionStage<String> link(RequestImage.Stored image) {
        return CompletableFuture.failedStage(new IllegalStateException(
                "only an S3 endpoint as stagingUri gives links to objects that lie in its bucket"));
    }

    /** What the ledger remembers, beside the reference, for its removal; null for nothing. */
    default @Nullable String remembered(String url) {
        return null;
    }

    @Override
    void close();

    /** Of a reference that another store made. */
    static CompletionStage<Boolean> stranger(String reference, String place) {
        return CompletableFuture.failedStage(new IllegalStateException(
                "it was not staged by " + place + ": adopt and forget remove it where their staging options are those"
                        + " of the generate that staged it"));
    }
}
