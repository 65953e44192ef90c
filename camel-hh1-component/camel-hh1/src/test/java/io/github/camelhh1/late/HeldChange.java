package io.github.camelhh1.late;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Holds one change of a run, the first one for which a condition holds, and sees what the server answers to it. */
final class HeldChange implements Function<Segment, SegmentFault> {
    private final BooleanSupplier condition;
    private final CompletableFuture<Void> delivery = new CompletableFuture<>();
    private final CompletableFuture<Void> answer = new CompletableFuture<>();
    private int connection;

    HeldChange(BooleanSupplier condition) {
        this.condition = condition;
    }

    @Override
    public synchronized SegmentFault apply(Segment segment) {
        if (connection == 0 && segment.changesRun() && condition.getAsBoolean()) {
            connection = segment.connection();
            return SegmentFault.when(delivery);
        }
        if (connection == segment.connection() && !segment.request()) {
            answer.complete(null);
        }
        return SegmentFault.AT_ONCE;
    }

    /** Completes when it has taken effect. */
    CompletableFuture<Void> deliver() {
        delivery.complete(null);
        return answer;
    }
}
