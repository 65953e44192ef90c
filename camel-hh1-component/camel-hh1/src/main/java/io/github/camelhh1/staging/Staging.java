package io.github.camelhh1.staging;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Gives images a URL that the provider can fetch, and removes them again. Safe for use by many threads. */
public interface Staging extends AutoCloseable {
    /** Header with content hash and extension, for endpoints that store. */
    String IMAGE_NAME = "CamelHh1ImageName";

    /** The same staging, for calls on behalf of that message. Not to be closed. */
    default Staging onBehalfOf(Caller caller) {
        return this;
    }

    /** If the stage fails, nothing was sent and nothing was paid. */
    CompletionStage<StagedImage> stage(ImageContent content);

    /** Links an object in a store; the object is neither moved nor, later, removed. */
    CompletionStage<StagedImage> link(RequestImage.Stored image);

    /**
     * Removes the image that {@link StagedImage#keep()} left, by its reference, unless another run needs it. The stage
     * never fails; it completes when the image is removed, or the removal has failed and was logged.
     */
    CompletionStage<Void> remove(String reference);

    @Override
    void close();

    /**
     * An image that the provider can fetch, for as long as it is needed. Its user ends the use once, by {@link #release()}
     * or {@link #keep()}.
     *
     * @param url where it can be fetched; may carry a signature, and is then not for logs or ledgers
     * @param reference finds it for {@link Staging#remove}, also after a restart, and has no signature; null for an image
     *     that is never removed
     * @param releasing see {@link #release()}
     * @param keeping see {@link #keep()}
     */
    record StagedImage(
            String url, @Nullable String reference, Supplier<CompletionStage<Void>> releasing, Runnable keeping) {

        /** An image that is never removed. */
        public static StagedImage inPlace(String url) {
            return new StagedImage(url, null, () -> CompletableFuture.completedStage(null), () -> {});
        }

        /**
         * The outcome is known: the image is removed, unless another call still needs it. The stage never fails; it
         * completes when the image is removed, or the removal has failed and was logged.
         */
        public CompletionStage<Void> release() {
            return releasing.get();
        }

        /** The outcome is unknown, and the provider may yet fetch the image: it stays until {@link Staging#remove}. */
        public void keep() {
            keeping.run();
        }

        /** Without the URL. */
        @Override
        public String toString() {
            return String.valueOf(reference);
        }
    }

    /**
     * The message that an image is staged or removed for. Exchanges with staging endpoints are new ones: this ties them to
     * the caller's, so that traces go on and a route can choose by tenant.
     *
     * @param exchangeId null when there is no caller
     */
    record Caller(@Nullable String exchangeId, @Nullable String messageId, Map<String, Object> headers) {
        public static final Caller NONE = new Caller(null, null, Map.of());

        private static final String CORRELATION = "CamelHh1Correlation";
        /** All others stay with the caller: a staging endpoint may be a foreign host. */
        private static final List<String> HEADERS =
                List.of(Exchange.BREADCRUMB_ID, "traceparent", "tracestate", CORRELATION);

        /** With the run's correlation, where it has one, in place of the header's. */
        public static Caller of(Exchange exchange, @Nullable String correlation) {
            var headers = new HashMap<String, Object>();
            Message message = exchange.getMessage();
            for (String name : HEADERS) {
                Object value = message.hasHeaders() ? message.getHeader(name) : null;
                if (value != null) {
                    headers.put(name, value);
                }
            }
            if (correlation != null) {
                headers.put(CORRELATION, correlation);
            }
            return new Caller(exchange.getExchangeId(), message.getMessageId(), headers);
        }

        /** As Camel marks a copy that belongs to another exchange. */
        void mark(Exchange exchange) {
            if (exchangeId != null) {
                exchange.setProperty(Exchange.CORRELATION_ID, exchangeId);
            }
            if (messageId != null) {
                exchange.getMessage().setMessageId(messageId);
            }
            exchange.getMessage().getHeaders().putAll(headers);
        }
    }
}
