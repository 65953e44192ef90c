package io.github.camelhh1.staging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The message that an image is staged or removed for. Exchanges with staging endpoints are new ones: this ties them to
 * the caller's, so that traces go on and a route can choose by tenant.
 *
 * @param exchangeId null when there is no caller
 */
public record Caller(@Nullable String exchangeId, @Nullable String messageId, Map<String, Object> headers) {
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
            exchange.getMessage().setMessageId(messageId);
        }
        exchange.getMessage().getHeaders().putAll(headers);
    }
}
