package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.download.DownloadLimits;
import io.github.camelhh1.download.DownloadResult;
import io.github.camelhh1.download.VideoDownload;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.ledger.CallIds;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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

    /** Says where links of strangers may point. */
    public static AddressGuard guard(EndpointOptions endpoint) {
        Hh1Configuration options = endpoint.configuration();
        AddressGuard guard = AddressGuard.publicOnly().allowingPrivateHosts(options.isAllowPrivateHosts());
        if (!options.getBackend().equals("simulator")) {
            return guard;
        }
        URI own = Backend.simulatorOrigin(endpoint.context());
        return guard.alsoAllowing(own.getHost(), own.getPort());
    }

    /** {@code hh1:download}. */
    public CompletionStage<?> download(Exchange exchange) throws InvalidRequestException {
        DownloadMessage message;
        try {
            message = DownloadMessage.of(exchange.getMessage());
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(List.of(String.valueOf(e.getMessage())), "", CallIds.NONE);
        }
        return fetch(exchange, message);
    }

    /**
     * The last step of an exchange that holds a completed message, whose body is the video's link, or a failure, which
     * stays: with {@code output=video} the body becomes the video. The stage never fails.
     */
    public static Function<Exchange, CompletionStage<?>> output(EndpointOptions endpoint) {
        if (!endpoint.message().getOutput().equals("video")) {
            return exchange -> CompletableFuture.completedStage(true);
        }
        var fetch = new VideoFetch(endpoint);
        return exchange -> {
            if (exchange.getException() == null) {
                try {
                    return fetch.fetch(exchange, DownloadMessage.of(exchange.getMessage()));
                } catch (RuntimeException | Error e) {
                    exchange.setException(e);
                }
            }
            return CompletableFuture.completedStage(true);
        };
    }

    /** Puts the video, or a failure, into the exchange; the stage completes on the callback executor. */
    private CompletionStage<?> fetch(Exchange exchange, DownloadMessage message) {
        long begin = component.timers.nanoTime();
        return component
                .downloadPermits
                .run(
                        () -> download.download(message.link(), directory(), message.baseName(), limits()),
                        reason -> DownloadResult.Failed.of(reason, null))
                .handleAsync(
                        (ending, error) -> {
                            long bytes = ending instanceof DownloadResult.Downloaded video ? video.length() : 0;
                            try {
                                finish(exchange, message, ending != null ? ending : broken(error));
                            } catch (IOException | RuntimeException | Error e) {
                                exchange.setException(failure(message, broken(e)));
                            }
                            component.observers.downloaded(exchange, message.runId(), bytes, begin);
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
            return FailureMessages.expired(expired.reason(), link, message.runId(), CallIds.ofStatus(expired.status()));
        } else if (ending instanceof DownloadResult.Failed failed) {
            return failed("could not be fetched: " + failed.reason(), message, failed.cause(), failed.status());
        }
        return failed("was not fetched: " + ((DownloadResult.Refused) ending).reason(), message, null, null);
    }

    private static DownloadException failed(
            String reason, DownloadMessage message, @Nullable Throwable cause, @Nullable Integer status) {
        String run = message.runId();
        return new DownloadException(
                "The video was made and is billed, and " + reason
                        + ". Send its link to hh1:download again; do not generate again."
                        + (run.isEmpty() ? "" : " Run " + run + "."),
                cause,
                message.link().toString(),
                run,
                CallIds.ofStatus(status));
    }
}
