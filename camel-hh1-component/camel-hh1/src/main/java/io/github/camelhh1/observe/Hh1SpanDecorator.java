package io.github.camelhh1.observe;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.text.CleanText;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;
import org.jspecify.annotations.Nullable;

/**
 * The tags of spans of hh1: model, outcome, attempts and ids. Camel's own would hold the options of the URI, and so the
 * prompt, and the message of a failure, in which the service may quote it.
 */
public final class Hh1SpanDecorator extends AbstractSpanDecorator {
    @Override
    public String getComponent() {
        return "hh1";
    }

    @Override
    public String getComponentClassName() {
        return "io.github.camelhh1.Hh1Component";
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        String operation = stripSchemeAndOptions(endpoint);
        span.setComponent("camel-hh1");
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
        span.setTag(TagConstants.URL_SCHEME, "hh1");
        span.setTag(TagConstants.URL_PATH, operation);
        span.setTag("camel.uri", "hh1:" + operation);
        if (endpoint instanceof EndpointServiceLocation service) {
            set(span, TagConstants.SERVER_ADDRESS, service.getServiceUrl());
            Map<String, String> metadata = service.getServiceMetadata();
            set(span, "hh1.model", metadata == null ? null : metadata.get("model"));
        }
        // Of an earlier step.
        exchange.removeProperty(Hh1Constants.OUTCOME);
        exchange.removeProperty(Hh1Constants.ATTEMPTS);
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        Exception failure = exchange.getException();
        boolean generated = exchange.getProperty(Hh1Constants.OUTCOME) != null;
        set(span, "hh1.outcome", exchange.getProperty(Hh1Constants.OUTCOME));
        set(span, "hh1.attempts", exchange.getProperty(Hh1Constants.ATTEMPTS));
        if (failure instanceof Hh1Exception known) {
            set(span, "hh1.runId", known.runId());
            set(span, "hh1.logId", known.logId());
            set(span, "hh1.rayId", known.rayId());
            set(span, "hh1.billing", known.billing());
            set(span, TagConstants.HTTP_STATUS, known.httpStatus());
        } else {
            set(span, "hh1.runId", exchange.getMessage().getHeader(Hh1Constants.RUN_ID));
            if (generated) {
                set(span, "hh1.logId", exchange.getMessage().getHeader(Hh1Constants.LOG_ID));
                set(span, "hh1.rayId", exchange.getMessage().getHeader(Hh1Constants.RAY_ID));
                set(span, "hh1.replayed", exchange.getMessage().getHeader(Hh1Constants.REPLAYED));
            }
        }
        if (exchange.isFailed()) {
            span.setError(true);
            String name = failure == null ? "failed" : failure.getClass().getSimpleName();
            span.log(Map.of("event", "error", "error.kind", "Exception", "message", name));
        }
    }

    private static void set(Span span, String tag, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            span.setTag(tag, CleanText.of(value.toString()));
        }
    }
}
