package io.github.camelhh1.video;

import io.github.camelhh1.generation.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cancels a call that has given no byte for too long, which closes its connection. */
final class IdleWatch {
    private final CompletableFuture<?> call;
    private final PartSink sink;
    private final Duration longest;
    private final Timers timers;
    private final AtomicBoolean fired = new AtomicBoolean();

    private IdleWatch(CompletableFuture<?> call, PartSink sink, Duration longest, Timers timers) {
        this.call = call;
        this.sink = sink;
        this.longest = longest;
        this.timers = timers;
    }

    static IdleWatch over(CompletableFuture<?> call, PartSink sink, Duration longest, Timers timers) {
        var watch = new IdleWatch(call, sink, longest, timers);
        watch.look(longest);
        return watch;
    }

    private void look(Duration in) {
        var timer = timers.after(in);
        call.whenComplete((ending, error) -> timer.cancel(false));
        timer.thenAccept(passed -> {
            // False means that the component stops: it then closes the client, which ends the call by itself.
            if (passed && !call.isDone()) {
                again();
            }
        });
    }

    private void again() {
        Duration left = longest.minusNanos(timers.nanoTime() - sink.lastByteAt());
        if (left.isNegative() || left.isZero()) {
            fired.set(true);
            call.cancel(true);
        } else {
            look(left);
        }
    }

    boolean fired() {
        return fired.get();
    }
}
