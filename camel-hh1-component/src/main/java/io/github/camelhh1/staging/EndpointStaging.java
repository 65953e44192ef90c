package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.text.HttpUrl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Staging by a Camel endpoint: it receives the image as body, with the headers {@code CamelHh1ImageName},
 * {@code Content-Type} and {@code Content-Length}, and answers with the URL as body. Each image is an exchange of its
 * own; the endpoint may answer whenever it likes.
 */
public final class EndpointStaging implements Staging, AutoCloseable {
    /** Header with content hash and extension. */
    public static final String IMAGE_NAME = "CamelHh1ImageName";

    private final Endpoint endpoint;
    private final AsyncProducer producer;
    private final Executor staging;
    private final Executor rooms;

    /** Endpoints run on {@code staging}, since they may block; answers go on to {@code rooms}. */
    public EndpointStaging(CamelContext context, String uri, Executor staging, Executor rooms) throws Exception {
        this.endpoint = context.getEndpoint(uri);
        this.producer = PluginHelper.getInternalProcessorFactory(context)
                .createUnitOfWorkProducer(endpoint.createAsyncProducer());
        this.staging = staging;
        this.rooms = rooms;
        ServiceHelper.startService(producer);
    }

    @Override
    public CompletionStage<String> stage(ImageContent content) {
        var url = new CompletableFuture<String>();
        staging.execute(() -> {
            try {
                Exchange exchange = exchange(content);
                producer.process(exchange, doneSync -> rooms.execute(() -> finish(exchange, url)));
            } catch (RuntimeException | Error e) {
                rooms.execute(() -> url.completeExceptionally(e));
            }
        });
        return url;
    }

    private Exchange exchange(ImageContent content) {
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
        Message message = exchange.getMessage();
        message.setBody(new ImageStream(content));
        message.setHeader(IMAGE_NAME, content.name());
        message.setHeader(Exchange.CONTENT_TYPE, content.format().contentType());
        message.setHeader(Exchange.CONTENT_LENGTH, content.length());
        return exchange;
    }

    private void finish(Exchange exchange, CompletableFuture<String> url) {
        try {
            url.complete(link(exchange));
        } catch (Exception | Error e) {
            // Whatever a route left behind, also what throws when it is looked at.
            url.completeExceptionally(e);
        }
    }

    private String link(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        String answer = exchange.getMessage().getBody(String.class);
        String link = answer == null ? "" : answer.strip();
        if (!HttpUrl.is(link)) {
            throw new IllegalStateException("the endpoint " + endpoint
                    + " must leave the image's http(s) URL as its body, and left "
                    + (link.isEmpty() ? "nothing" : "something else"));
        }
        return link;
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownService(producer);
    }
}
