package io.github.camelhh1.image.preflight;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageLook;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes images fit for the model. Safe for use by many threads. */
public interface ImageFixer {

    /** Why it will not even try, told from the header; null when it will. */
    @Nullable
    String objection(ImageLook look);

    /** Of content without objection: {@code Fixed} or {@code Refused}. The stage always completes normally. */
    CompletionStage<Verdict> fix(ImageContent content);
}
