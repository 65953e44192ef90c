package io.github.camelhh1.download;

import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.SafeFileName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
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
    private final DownloadRuntime shared;

    /** @param transport must ask the same {@code guard} before it connects */
    public VideoDownload(HttpTransport transport, AddressGuard guard, DownloadRuntime shared) {
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
    public CompletionStage<DownloadResult> download(URI url, Path directory, String baseName, DownloadLimits limits) {
        String name = SafeFileName.baseName(baseName + ".mp4", "video");
        var order = new DownloadOrder(url, directory, name, limits);
        var partial = new Partial(directory, name, shared.blocking());
        var attempt = new DownloadAttempt(transport, guard, shared, order, partial);
        return new RetryLoop(order, partial, shared, attempt::make)
                .run()
                .exceptionally(
                        e -> new DownloadResult.Failed("the download broke: " + CleanText.of(e.toString()), e, null))
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
