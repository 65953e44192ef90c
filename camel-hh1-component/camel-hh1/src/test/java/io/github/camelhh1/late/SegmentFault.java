package io.github.camelhh1.late;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The handling of a segment.
 *
 * @param when it is passed on, after all earlier segments of its direction; also when its sender has gone meanwhile
 */
record SegmentFault(CompletionStage<?> when, Cut cut) {
    static final SegmentFault AT_ONCE = new SegmentFault(CompletableFuture.completedFuture(null), Cut.NONE);
    /** The connection ends, and the segment never arrives. */
    static final SegmentFault CUT_BEFORE = new SegmentFault(AT_ONCE.when, Cut.BEFORE);
    /** The segment arrives, and its sender sees the end of the connection instead of an answer. */
    static final SegmentFault CUT_AFTER = new SegmentFault(AT_ONCE.when, Cut.AFTER);

    enum Cut {
        NONE,
        BEFORE,
        AFTER
    }

    static SegmentFault when(CompletionStage<?> stage) {
        return new SegmentFault(stage, Cut.NONE);
    }

    static SegmentFault after(Duration time) {
        return when(later(time));
    }

    static CompletableFuture<Void> later(Duration time) {
        return new CompletableFuture<Void>().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
