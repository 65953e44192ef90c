package io.github.camelhh1.video;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.SafeFileName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a video into a directory: never through memory, never with credentials, only from where the guard allows, as
 * often as it takes, and under its final name only once it is whole. Holds no thread while it waits; safe for use by
 * many.
 */
public final class VideoDownload {
    private static final Logger LOG = LoggerFactory.getLogger(VideoDownload.class);

    private final HttpTransport transport;
    private final AddressGuard guard;
    private final Shared shared;

    /**
     * What all downloads share.
     *
     * @param random between 0 and 1
     * @param turns one for each attempt; must hold nobody back who waits
     * @param blocking where files are synced
     */
    public record Shared(Timers timers, InstantSource clock, DoubleSupplier random, Permits turns, Executor blocking) {}

    record Order(URI url, Path directory, String name, DownloadLimits limits) {

        /** Null when the link does not say. */
        @Nullable
        Instant expiry() {
            return VideoLink.expiresAt(url);
        }
    }

    /** @param transport must ask the same {@code guard} before it connects */
    public VideoDownload(HttpTransport transport, AddressGuard guard, Shared shared) {
        this.transport = transport;
        this.guard = guard;
        this.shared = shared;
    }

    /**
     * The stage always completes normally. The file is {@code <baseName>.mp4}, or {@code <baseName>-1.mp4} and so on
     * when that name is taken; on the way it is {@code <baseName>.part}, which a download that ends leaves in no case.
     *
     * @param directory is made when it is not there
     * @param baseName any text; made safe as a file name
     */
    public CompletionStage<DownloadEnding> download(URI url, Path directory, String baseName, DownloadLimits limits) {
        String name = SafeFileName.baseName(baseName + ".mp4", "video");
        var order = new Order(url, directory, name, limits);
        var partial = new Partial(directory, name, shared.blocking());
        var attempt = new Attempt(transport, guard, shared, order, partial);
        return new RetryLoop(order, partial, shared, attempt::make)
                .run()
                .exceptionally(
                        e -> new DownloadEnding.Failed("the download broke: " + CleanText.of(e.toString()), e, null))
                .whenComplete((ending, none) -> close(partial));
    }

    private static void close(Partial partial) {
        try {
            partial.close();
        } catch (IOException e) {
            LOG.warn("A part of a video could not be deleted from {}", partial.directory(), e);
        }
    }
}
