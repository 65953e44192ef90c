package io.github.camelhh1;

import io.github.camelhh1.failure.Facts;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.image.ImageContent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * {@code hh1:estimate}, the dry run: the request as {@code generate} would send it. Nothing leaves the JVM. The body
 * becomes a {@code Map} with {@code request} (the JSON object's fields; content that would be staged first shows as
 * {@code staged:<sha256>.<extension>}) and {@code seconds} (absent when the duration is left to the service).
 */
final class EstimateProducer extends DefaultProducer {
    private final Hh1Endpoint endpoint;
    private @Nullable MessageReader reader;

    EstimateProducer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        OptionRules.check(endpoint);
        reader = Assembly.reader(endpoint);
    }

    @Override
    public void process(Exchange exchange) throws InvalidRequestException {
        if (reader == null) {
            throw new IllegalStateException("the producer of " + endpoint + " is not started");
        }
        Reading reading = reader.read(exchange);
        if (!reading.violations().isEmpty()) {
            throw new InvalidRequestException(reading.violations(), Facts.of(""));
        }
        ImageContent content = reading.content();
        GenerationRequest request =
                content == null ? reading.request() : reading.request().withImage("staged:" + content.name());
        Map<String, Object> estimate = new LinkedHashMap<>();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", endpoint.getConfiguration().getModel());
        body.put("input", request.fields());
        estimate.put("request", body);
        Integer seconds = request.duration();
        if (seconds != null) {
            estimate.put("seconds", seconds);
        }
        exchange.getMessage().setBody(estimate);
    }
}
