package io.github.camelhh1.generation;

import java.util.concurrent.CompletionStage;

/**
 * Runs one generation.
 *
 * <p>The stage always completes normally: every ending is an {@link Outcome}. It may complete on any thread of the
 * rooms executor or, when the ending was known at once, on the caller's. Cancelling the future of the innermost
 * room closes its socket; the other rooms do not pass a cancel on. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface Generator {
    CompletionStage<Outcome> generate(Generation generation);
}
