package io.github.camelhh1;

import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.message.DownloadMessage;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.VideoFetch;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** {@code hh1:download}. */
final class DownloadProducer extends Hh1Producer<VideoFetch> {
    DownloadProducer(Hh1Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    VideoFetch build(EndpointOptions options) {
        return new VideoFetch(options);
    }

    @Override
    CompletionStage<?> work(Exchange exchange, VideoFetch fetch, ComponentParts component)
            throws InvalidRequestException {
        DownloadMessage message;
        try {
            message = DownloadMessage.of(exchange.getMessage());
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(List.of(String.valueOf(e.getMessage())), "", CallIds.NONE);
        }
        return fetch.fetch(exchange, message);
    }
}
