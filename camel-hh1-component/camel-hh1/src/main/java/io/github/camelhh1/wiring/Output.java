package io.github.camelhh1.wiring;

import io.github.camelhh1.message.DownloadMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What the body of a completed message becomes: the video's link, which it is already, or the video. */
public final class Output {
    private final @Nullable VideoFetch fetch;

    public Output(EndpointOptions endpoint) {
        this.fetch = endpoint.message().getOutput().equals("video") ? new VideoFetch(endpoint) : null;
    }

    /** Of an exchange that holds a completed message, or a failure, which it keeps. Never fails. */
    public CompletionStage<?> deliver(Exchange exchange) {
        if (fetch == null || exchange.getException() != null) {
            return CompletableFuture.completedStage(true);
        }
        try {
            return fetch.fetch(exchange, DownloadMessage.of(exchange.getMessage()));
        } catch (RuntimeException | Error e) {
            exchange.setException(e);
            return CompletableFuture.completedStage(true);
        }
    }
}
