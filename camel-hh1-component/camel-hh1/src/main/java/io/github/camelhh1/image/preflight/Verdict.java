package io.github.camelhh1.image.preflight;

import io.github.camelhh1.image.ImageContent;
import java.util.List;

/** What preflight says of a request's image. */
public sealed interface Verdict {

    /** It goes on as it is. */
    record Passed() implements Verdict {}

    /** Nothing is sent. */
    record Refused(List<String> violations) implements Verdict {}

    /**
     * Other content takes its place.
     *
     * @param done what was done to it
     * @param discard to be run once the outcome is known: the content is gone then
     */
    record Fixed(ImageContent content, String done, Runnable discard) implements Verdict {}
}
