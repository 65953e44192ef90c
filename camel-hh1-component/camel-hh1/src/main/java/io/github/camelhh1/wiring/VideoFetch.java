package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.download.DownloadLimits;
import io.github.camelhh1.download.DownloadResult;
import io.github.camelhh1.download.VideoDownload;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.message.DownloadMessage;
import io.github.camelhh1.message.FailureMessages;
import io.github.camelhh1.message.FileStream;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.text.CleanText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Fetches a video into a message. Sends no credentials anywhere, and holds no thread while the video comes. */
public final class VideoFetch {
    private final Hh1Configuration options;
    private final ComponentParts component;
    private final VideoDownload download;

    public VideoFetch(EndpointOptions endpoint) {
        this.options = endpoint.configuration();
        this.component = endpoint.component();
        this.download = component.downloads(guard(endpoint));
    }

    /** Where the endpoint lets links of strangers point. */
    public static AddressGuard guard(EndpointOptions endpoint) {
        Hh1Configuration options = endpoint.configuration();
        AddressGuard guard = AddressGuard.publicOnly().allowingPrivateHosts(options.isAllowPrivateHosts());
        if (!options.getBackend().equals("simulator")) {
            return guard;
        }
        URI own = EmbeddedSimulator.in(endpoint.context()).origin();
        return guard.alsoAllowing(own.getHost(), own.getPort());
    }

    /** Puts the video, or why there is none, into the exchange; the stage completes on the callback executor. */
    public CompletionStage<?> fetch(Exchange exchange, DownloadMessage message) {
        return component
                .downloadPermits
                .run(
                        () -> download.download(message.link(), directory(), message.baseName(), limits()),
                        reason -> DownloadResult.Failed.of(reason, null))
                .handleAsync(
                        (ending, error) -> {
                            try {
                                finish(exchange, message, ending != null ? ending : broken(error));
                            } catch (IOException | RuntimeException | Error e) {
                                exchange.setException(failure(message, broken(e)));
                            }
                            return true;
                        },
                        component.callbacks);
    }

    private @Nullable Path kept() {
        String directory = options.getDownloadDirectory();
        return directory == null ? null : Path.of(directory);
    }

    private Path directory() {
        Path kept = kept();
        return kept == null ? component.privateDirectory() : kept;
    }

    private DownloadLimits limits() {
        return new DownloadLimits(
                options.getMaxVideoSize(),
                options.getMaxAttempts(),
                Duration.ofMillis(options.getRetryDelay()),
                Duration.ofMillis(options.getMaxRetryDelay()));
    }

    private static DownloadResult broken(Throwable error) {
        return DownloadResult.Failed.of("a defect of this component: " + CleanText.of(error.toString()), error);
    }

    private void finish(Exchange exchange, DownloadMessage message, DownloadResult ending) throws IOException {
        if (ending instanceof DownloadResult.Downloaded downloaded) {
            Path file = downloaded.file();
            exchange.getMessage()
                    .setBody(kept() != null ? FileStream.kept(file) : FileStream.temporary(file, exchange));
            MessageWriter.write(exchange.getMessage(), message.link(), downloaded);
        } else {
            exchange.setException(failure(message, ending));
        }
    }

    private static Hh1Exception failure(DownloadMessage message, DownloadResult ending) {
        String link = message.link().toString();
        if (ending instanceof DownloadResult.Expired expired) {
            return FailureMessages.expired(expired.reason(), link, message.facts(expired.status()));
        } else if (ending instanceof DownloadResult.Failed failed) {
            return new DownloadException(
                    "The video was made and is billed, and could not be fetched: " + failed.reason()
                            + ". Send its link to hh1:download again; do not generate again. Run " + message.runId()
                            + ".",
                    failed.cause(),
                    link,
                    message.facts(failed.status()));
        }
        String reason = ((DownloadResult.Refused) ending).reason();
        return new DownloadException(
                "The video was not fetched: " + reason + ". It stays where it is; do not generate again.",
                null,
                link,
                message.facts(null));
    }
}
