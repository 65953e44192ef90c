package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import java.util.concurrent.CompletionStage;

/** Gives image content a URL that the provider can fetch. Safe for use by many threads. */
@FunctionalInterface
public interface Staging {

    /** The image's absolute URL; a stage that fails means that nothing was sent and nothing was paid. */
    CompletionStage<String> stage(ImageContent content);
}
