package io.github.camelhh1.download;

import io.github.camelhh1.async.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Cancels a call that gives no byte for too long, or too few over a while, which closes its connection. */
final class StallWatch {
    private final CompletableFuture<?> call;
    private final PartSink sink;
    private final DownloadLimits.Link limits;
    private final Timers timers;
    private CompletableFuture<Boolean> timer = new CompletableFuture<>();
    private long windowBegan;
    private long receivedBefore;
    private boolean stopped;
    private volatile @Nullable String verdict;

    private StallWatch(CompletableFuture<?> call, PartSink sink, DownloadLimits.Link limits, Timers timers) {
        this.call = call;
        this.sink = sink;
        this.limits = limits;
        this.timers = timers;
        this.windowBegan = timers.nanoTime();
    }

    static StallWatch over(CompletableFuture<?> call, PartSink sink, DownloadLimits.Link limits, Timers timers) {
        var watch = new StallWatch(call, sink, limits, timers);
        watch.look(shorter(limits.idleTimeout(), limits.window()));
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
        long now = timers.nanoTime();
        Duration idleLeft = limits.idleTimeout().minusNanos(now - sink.lastByteAt());
        if (isOver(idleLeft)) {
            cut("no byte came for " + limits.idleTimeout());
            return;
        }
        if (!sink.isReceiving()) {
            // The idle watch alone says how long a server may think.
            beginWindow(now);
        }
        Duration windowLeft = limits.window().minusNanos(now - windowBegan);
        if (isOver(windowLeft)) {
            if (sink.received() - receivedBefore < limits.leastBytes()) {
                cut("fewer than " + limits.leastBytesPerSecond() + " bytes a second came for " + limits.window());
                return;
            }
            beginWindow(now);
            windowLeft = limits.window();
        }
        look(shorter(idleLeft, windowLeft));
    }

    private void beginWindow(long now) {
        windowBegan = now;
        receivedBefore = sink.received();
    }

    private void cut(String why) {
        verdict = why;
        call.cancel(true);
    }

    private static boolean isOver(Duration left) {
        return left.isNegative() || left.isZero();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Why it cancelled the call; null when it did not. */
    @Nullable
    String verdict() {
        return verdict;
    }

    /** Once the call has ended. */
    synchronized void stop() {
        stopped = true;
        timer.cancel(false);
    }
}
