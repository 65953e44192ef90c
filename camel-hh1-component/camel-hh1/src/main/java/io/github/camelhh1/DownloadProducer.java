package io.github.camelhh1;

import io.github.camelhh1.failure.Facts;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.message.DownloadMessage;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.VideoFetch;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** {@code hh1:download}. */
final class DownloadProducer extends DefaultAsyncProducer {
    private final Hh1Endpoint endpoint;
    private @Nullable VideoFetch fetch;

    DownloadProducer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EndpointOptions options = endpoint.options(this);
        OptionRules.check(options);
        fetch = new VideoFetch(options);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        VideoFetch started = fetch;
        DownloadMessage message;
        try {
            if (started == null) {
                throw new IllegalStateException("the producer of " + endpoint + " is not started");
            }
            message = DownloadMessage.of(exchange.getMessage());
        } catch (IllegalStateException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        } catch (IllegalArgumentException e) {
            exchange.setException(new InvalidRequestException(List.of(String.valueOf(e.getMessage())), Facts.of("")));
            callback.done(true);
            return true;
        }
        ComponentParts parts = endpoint.getComponent().parts();
        parts.open().begin();
        started.fetch(exchange, message).whenComplete((fetched, error) -> {
            parts.open().end();
            Callbacks.done(callback, endpoint);
        });
        return false;
    }
}
