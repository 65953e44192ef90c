package io.github.camelhh1.download;

import io.github.camelhh1.async.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Cancels a call, which closes its connection, when no byte came for too long, or too few within a window. */
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
        watch.look(Math.min(limits.idleTimeout().toNanos(), limits.window().toNanos()));
        return watch;
    }

    private synchronized void look(long nanos) {
        if (!stopped) {
            timer = timers.after(Duration.ofNanos(nanos));
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
        long idleLeft = limits.idleTimeout().toNanos() - (now - sink.lastByteAt());
        if (idleLeft <= 0) {
            cut("no byte came for " + limits.idleTimeout());
            return;
        }
        if (!sink.isReceiving()) {
            // Until the first byte only the idle timeout counts.
            beginWindow(now);
        }
        long windowLeft = limits.window().toNanos() - (now - windowBegan);
        if (windowLeft <= 0) {
            if (sink.received() - receivedBefore < limits.leastBytes()) {
                cut("fewer than " + limits.leastBytesPerSecond() + " bytes a second came for " + limits.window());
                return;
            }
            beginWindow(now);
            windowLeft = limits.window().toNanos();
        }
        look(Math.min(idleLeft, windowLeft));
    }

    private void beginWindow(long now) {
        windowBegan = now;
        receivedBefore = sink.received();
    }

    private void cut(String why) {
        verdict = why;
        call.cancel(true);
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
