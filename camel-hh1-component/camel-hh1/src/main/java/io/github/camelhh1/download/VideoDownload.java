package io.github.camelhh1.download;

import io.github.camelhh1.download.DownloadResult.Failed;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.SafeFileName;
import io.github.camelhh1.text.SignedUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a video into a directory: never through memory, never with credentials, only from where the guard allows, in as
 * many attempts as the limits allow, and under its final name only once it is whole. Holds no thread while it waits; safe
 * for use by many threads.
 */
public final class VideoDownload {
    private static final Logger LOG = LoggerFactory.getLogger(VideoDownload.class);

    private final DownloadRuntime shared;

    public VideoDownload(DownloadRuntime shared) {
        this.shared = shared;
    }

    /**
     * The stage always completes normally. The file is {@code <baseName>.mp4}, or {@code <baseName>-1.mp4} and so on
     * when that name is taken; on the way it is {@code <baseName>.part}, which a download that ends always deletes.
     *
     * @param directory is made when it is not there
     * @param baseName any text; made safe as a file name
     */
    public CompletionStage<DownloadResult> download(URI url, Path directory, String baseName, DownloadLimits limits) {
        var partial = new Partial(directory, SafeFileName.baseName(baseName + ".mp4", "video"));
        return new Attempts(url, limits, partial)
                .run()
                .exceptionally(e -> Failed.of("the download broke: " + CleanText.of(e.toString()), e))
                .whenComplete((ending, none) -> close(partial));
    }

    private static void close(Partial partial) {
        try {
            partial.close();
        } catch (IOException e) {
            LOG.warn("A part of a video could not be deleted from {}", partial.directory(), e);
        }
    }

    /**
     * Makes one attempt after another until the video is here or another attempt is pointless. Between two attempts it
     * holds neither a thread nor its turn, so that a host that is down delays no video of another host.
     */
    private final class Attempts {
        private final Partial partial;
        private final DownloadAttempt attempt;
        private final RetryPolicy policy;

        Attempts(URI link, DownloadLimits limits, Partial partial) {
            this.partial = partial;
            this.attempt = new DownloadAttempt(shared, link, limits, partial);
            this.policy = new RetryPolicy(limits, SignedUrl.expiresAt(link), shared.random());
        }

        CompletionStage<DownloadResult> run() {
            return shared.turns()
                    .run(this::attempt, reason -> Failed.of(reason, null))
                    .thenCompose(this::goOn);
        }

        private CompletionStage<DownloadResult> attempt() {
            return CompletableFuture.supplyAsync(attempt::make, shared.blocking())
                    .thenCompose(Function.identity());
        }

        private CompletionStage<DownloadResult> goOn(DownloadResult ending) {
            if (!(ending instanceof Failed failed)) {
                return CompletableFuture.completedStage(ending);
            }
            Duration delay = policy.delayAfter(
                    failed.repeat(), partial.length(), shared.clock().instant());
            if (delay == null) {
                return CompletableFuture.completedStage(counted(failed));
            }
            LOG.warn(
                    "Video {} is not downloaded yet: {}. It is paid for, so attempt {} follows in {} ms",
                    partial.name(),
                    failed.reason(),
                    policy.attempts() + 1,
                    delay.toMillis());
            return shared.timers()
                    .after(delay)
                    .thenCompose(passed -> passed ? run() : CompletableFuture.completedStage(counted(failed)));
        }

        private DownloadResult counted(Failed failed) {
            return policy.attempts() > 1
                    ? new Failed(
                            failed.reason() + "; " + policy.attempts() + " attempts were made",
                            failed.cause(),
                            failed.status(),
                            failed.repeat())
                    : failed;
        }
    }
}
