package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import java.util.concurrent.CompletionStage;

/** Gives images a URL that the provider can fetch, and takes it away again. Safe for use by many threads. */
public interface Staging extends AutoCloseable {
    /** Header with content hash and extension, for endpoints that store. */
    String IMAGE_NAME = "CamelHh1ImageName";

    /** The same staging, whose calls say that they are for that message. Not to be closed. */
    default Staging onBehalfOf(Caller caller) {
        return this;
    }

    /** A stage that fails means that nothing was sent and nothing was paid. */
    CompletionStage<StagedImage> stage(ImageContent content);

    /** A link to what lies in a store already; it is neither moved nor, later, removed. */
    CompletionStage<StagedImage> link(RequestImage.Stored image);

    /**
     * Removes what {@link StagedImage#keep()} left, by its reference, unless somebody still needs it. The stage never
     * fails; it completes when that is done, or has failed and was logged.
     */
    CompletionStage<Void> remove(String reference);

    @Override
    void close();
}
