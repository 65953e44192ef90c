package io.github.camelhh1.video;

import io.github.camelhh1.generation.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Cancels a call that has given no byte for too long, which closes its connection. */
final class IdleWatch {
    private final CompletableFuture<?> call;
    private final PartSink sink;
    private final Duration longest;
    private final Timers timers;
    private CompletableFuture<Boolean> timer = new CompletableFuture<>();
    private boolean stopped;

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

    private synchronized void look(Duration in) {
        if (!stopped) {
            timer = timers.after(in);
            timer.thenAccept(passed -> {
                // False means that the component stops: it then closes the client, which ends the call by itself.
                if (passed) {
                    judge();
                }
            });
        }
    }

    private void judge() {
        Duration left = longest.minusNanos(timers.nanoTime() - sink.lastByteAt());
        if (left.isNegative() || left.isZero()) {
            call.cancel(true);
        } else {
            look(left);
        }
    }

    /** Once the call has ended. */
    synchronized void stop() {
        stopped = true;
        timer.cancel(false);
    }
}
