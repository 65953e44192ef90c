package io.github.camelhh1.late;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of a segment.
 *
 * @param when it is passed on, after all earlier segments of its direction; also when its sender has gone meanwhile
 */
record Fate(CompletionStage<?> when, Cut cut) {
    static final Fate AT_ONCE = new Fate(CompletableFuture.completedFuture(null), Cut.NONE);
    /** The connection ends, and the segment never arrives. */
    static final Fate CUT_BEFORE = new Fate(AT_ONCE.when, Cut.BEFORE);
    /** The segment arrives, and its sender sees the end of the connection instead of an answer. */
    static final Fate CUT_AFTER = new Fate(AT_ONCE.when, Cut.AFTER);

    enum Cut {
        NONE,
        BEFORE,
        AFTER
    }

    static Fate when(CompletionStage<?> stage) {
        return new Fate(stage, Cut.NONE);
    }

    static Fate after(Duration time) {
        return when(later(time));
    }

    static CompletableFuture<Void> later(Duration time) {
        return new CompletableFuture<Void>().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
