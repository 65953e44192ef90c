package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.message.GenerateMessage;
import io.github.camelhh1.message.MessageReader;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.GenerateParts;
import io.github.camelhh1.wiring.PreflightParts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/**
 * {@code hh1:estimate}, the dry run: the request as {@code generate} would send it. Nothing leaves the JVM. The body
 * becomes a {@code Map} with {@code request} (the JSON object's fields; content that would be staged first shows as
 * {@code staged:<sha256>.<extension>}, an object that would be linked in place as {@code s3://bucket/key}), {@code seconds} and, with {@code pricePerSecond}, {@code cost}: the most it can
 * be, as the budget counts it, where the message leaves duration or resolution to the service.
 */
final class EstimateProducer extends Hh1Producer<EstimateProducer.Parts> {
    record Parts(MessageReader reader, Preflight preflight, Prices prices) {}

    EstimateProducer(Hh1Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    Parts build(EndpointOptions options) throws Exception {
        return new Parts(
                GenerateParts.reader(options),
                PreflightParts.ofEstimate(options),
                Prices.parse(options.configuration().getPricePerSecond()));
    }

    @Override
    CompletionStage<?> work(Exchange exchange, Parts parts, ComponentParts component) throws Hh1Exception {
        GenerateMessage message = parts.reader().read(exchange);
        List<String> violations = message.allViolations(parts.preflight());
        if (!violations.isEmpty()) {
            throw new InvalidRequestException(violations, "", CallIds.NONE);
        }
        GenerationRequest request =
                message.request().withImage(message.theImage().title());
        Map<String, Object> estimate = new LinkedHashMap<>();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", endpoint.getConfiguration().getModel());
        body.put("input", request.fields());
        estimate.put("request", body);
        Amount most = parts.prices().most(request);
        estimate.put("seconds", (int) most.seconds());
        parts.prices().cost(request, (int) most.seconds()).ifPresent(cost -> estimate.put("cost", cost));
        exchange.getMessage().setBody(estimate);
        return CompletableFuture.completedStage(true);
    }
}
