package io.github.camelhh1;

import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.video.AddressGuard;
import io.github.camelhh1.video.DownloadEnding;
import io.github.camelhh1.video.DownloadLimits;
import io.github.camelhh1.video.VideoDownload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Fetches a video into a message. Sends no credentials anywhere, and holds no thread while the video comes. */
final class VideoFetch {
    private final Hh1Endpoint endpoint;
    private final Hh1Runtime runtime;
    private final VideoDownload download;

    VideoFetch(Hh1Endpoint endpoint) {
        this.endpoint = endpoint;
        this.runtime = endpoint.getComponent().runtime();
        this.download = runtime.downloads(guard(endpoint));
    }

    /** Where the endpoint lets links of strangers point. */
    static AddressGuard guard(Hh1Endpoint endpoint) {
        Hh1Configuration options = endpoint.getConfiguration();
        AddressGuard guard = AddressGuard.publicOnly().allowingPrivateHosts(options.isAllowPrivateHosts());
        if (!options.getBackend().equals("simulator")) {
            return guard;
        }
        URI own = EmbeddedSimulator.in(endpoint.getCamelContext()).origin();
        return guard.alsoAllowing(own.getHost(), own.getPort());
    }

    /** Puts the video, or why there is none, into the exchange; the stage completes on the callback executor. */
    CompletionStage<?> fetch(Exchange exchange, VideoMessage message) {
        return runtime.downloadPermits
                .run(
                        () -> download.download(message.link(), directory(), message.baseName(), limits()),
                        reason -> new DownloadEnding.Failed(reason, null, null))
                .handleAsync(
                        (ending, error) -> {
                            try {
                                finish(exchange, message, ending != null ? ending : broken(error));
                            } catch (IOException | RuntimeException | Error e) {
                                exchange.setException(failure(message, broken(e)));
                            }
                            return true;
                        },
                        runtime.callbacks);
    }

    private @Nullable Path kept() {
        String directory = endpoint.getConfiguration().getDownloadDirectory();
        return directory == null ? null : Path.of(directory);
    }

    private Path directory() {
        Path kept = kept();
        return kept == null ? runtime.privateDirectory() : kept;
    }

    private DownloadLimits limits() {
        Hh1Configuration options = endpoint.getConfiguration();
        return DownloadLimits.of(
                options.getMaxVideoSize(),
                DownloadLimits.Retries.of(
                        options.getMaxAttempts(),
                        Duration.ofMillis(options.getRetryDelay()),
                        Duration.ofMillis(options.getMaxRetryDelay())));
    }

    private static DownloadEnding broken(Throwable error) {
        return new DownloadEnding.Failed("a defect of this component: " + CleanText.of(error.toString()), error, null);
    }

    private void finish(Exchange exchange, VideoMessage message, DownloadEnding ending) throws IOException {
        if (ending instanceof DownloadEnding.Downloaded downloaded) {
            Path file = downloaded.file();
            exchange.getMessage()
                    .setBody(kept() != null ? VideoStream.kept(file) : VideoStream.temporary(file, exchange));
            MessageWriter.write(exchange.getMessage(), message.link(), downloaded);
        } else {
            exchange.setException(failure(message, ending));
        }
    }

    private static Hh1Exception failure(VideoMessage message, DownloadEnding ending) {
        String link = message.link().toString();
        if (ending instanceof DownloadEnding.Expired expired) {
            return Failures.expired(expired.reason(), link, message.facts(expired.status()));
        } else if (ending instanceof DownloadEnding.Failed failed) {
            return new DownloadException(
                    "The video was made and is billed, and could not be fetched: " + failed.reason()
                            + ". Send its link to hh1:download again; do not generate again. Run " + message.runId()
                            + ".",
                    failed.cause(),
                    link,
                    message.facts(failed.status()));
        }
        String reason = ((DownloadEnding.Refused) ending).reason();
        return new DownloadException(
                "The video was not fetched: " + reason + ". It stays where it is; do not generate again.",
                null,
                link,
                message.facts(null));
    }
}
