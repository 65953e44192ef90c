package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.message.GenerateMessage;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.GenerateParts;
import io.github.camelhh1.wiring.Health;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** {@code hh1:generate}. Holds no thread while the video is made. */
final class GenerateProducer extends Hh1Producer<GenerateProducer.Parts> {
    /** @param noHealth takes the health check away */
    record Parts(GenerateParts generate, Runnable noHealth) {}

    GenerateProducer(Hh1Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    Parts build(EndpointOptions options) throws Exception {
        options.component().grace().callsTake(ServiceRules.shortestGeneration(options.configuration()));
        var parts = GenerateParts.of(options);
        return new Parts(
                parts,
                Health.ofEndpoint(
                        endpoint.getCamelContext(),
                        endpoint.getEndpointUri(),
                        endpoint.getComponent().isHealthCheckProducerEnabled(),
                        parts.stack().pausedBecause()));
    }

    @Override
    void close(Parts parts) {
        parts.noHealth().run();
        parts.generate().close();
    }

    @Override
    CompletionStage<?> work(Exchange exchange, Parts started, ComponentParts component) throws Hh1Exception {
        GenerateParts parts = started.generate();
        GenerateMessage message = parts.reader().read(exchange);
        if (!message.violations().isEmpty()) {
            throw new InvalidRequestException(message.allViolations(parts.preflight()), "", CallIds.NONE);
        }
        var delivery = new Delivery(exchange, parts, message, component);
        return delivery.run()
                .handleAsync(
                        (outcome, error) -> {
                            delivery.finish(outcome, error);
                            return true;
                        },
                        component.callbacks)
                .thenCompose(finished -> parts.output().deliver(exchange))
                .whenComplete((delivered, error) -> delivery.handedOn());
    }
}
