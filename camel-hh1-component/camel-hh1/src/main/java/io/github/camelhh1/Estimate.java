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
 * becomes a {@code Map} with {@code request} (the JSON object's fields; content to be staged shows as
 * {@code staged:<sha256>.<extension>}, an object to be linked in place as {@code s3://bucket/key}), {@code seconds} and,
 * with {@code pricePerSecond}, {@code cost}. Seconds and cost count as the budget counts them: a duration or resolution
 * that is left to the service counts as the longest or dearest.
 */
final class Estimate implements StartedOperation {
    private final String model;
    private final MessageReader reader;
    private final Preflight preflight;
    private final Prices prices;

    Estimate(EndpointOptions options) throws Exception {
        this.model = options.configuration().getModel();
        this.reader = GenerateParts.reader(options);
        this.preflight = PreflightParts.ofEstimate(options);
        this.prices = Prices.parse(options.configuration().getPricePerSecond());
    }

    @Override
    public CompletionStage<?> process(Exchange exchange) throws Hh1Exception {
        GenerateMessage message = reader.read(exchange);
        List<String> violations = message.allViolations(preflight);
        if (!violations.isEmpty()) {
            throw new InvalidRequestException(violations, "", CallIds.NONE);
        }
        GenerationRequest request =
                message.request().withImage(message.theImage().title());
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        body.put("input", request.fields());
        Map<String, Object> estimate = new LinkedHashMap<>();
        estimate.put("request", body);
        Amount most = prices.most(request);
        estimate.put("seconds", (int) most.seconds());
        prices.cost(request, (int) most.seconds()).ifPresent(cost -> estimate.put("cost", cost));
        exchange.getMessage().setBody(estimate);
        return CompletableFuture.completedStage(true);
    }
}
