package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.staging.Staging.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A place for images. It does not know which calls need them. {@code caller} is the message that a request is for. */
interface Store extends AutoCloseable {

    /** Tells this place from others: equal references in one place are one image. */
    String place();

    /** Finds the image again; equal for equal content. */
    String reference(ImageContent content);

    /** Stores the image, in place of an equal one, and gives its URL. */
    CompletionStage<String> put(ImageContent content, Caller caller);

    /** Whether a put that failed may have stored the image, which is then to be removed. */
    default boolean mayHoldWhatFailed() {
        return false;
    }

    /** {@code url} is the known part of the image's URL; null when none is known. True when the image is removed. */
    CompletionStage<Boolean> remove(String reference, @Nullable String url, Caller caller);

    /** A URL of an object that is in the store already. */
    default CompletionStage<String> link(RequestImage.Stored image, Caller caller) {
        return CompletableFuture.failedStage(new IllegalStateException(
                "only an S3 endpoint as stagingUri gives links to objects that lie in its bucket"));
    }

    /** The part of the URL that the ledger keeps, beside the reference, for the removal; null for none. */
    default @Nullable String remembered(String url) {
        return null;
    }

    @Override
    void close();

    /** The failure to remove an image of another store. */
    static CompletionStage<Boolean> stranger(String reference, String place) {
        return CompletableFuture.failedStage(new IllegalStateException(
                "it was not staged by " + place + ": adopt and forget remove it where their staging options are those"
                        + " of the generate that staged it"));
    }
}
