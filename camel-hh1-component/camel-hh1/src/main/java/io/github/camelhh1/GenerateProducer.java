package io.github.camelhh1;

import io.github.camelhh1.failure.Facts;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.message.GenerateMessage;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.GenerateParts;
import io.github.camelhh1.wiring.Health;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** {@code hh1:generate}. Holds no thread while the video is made. */
final class GenerateProducer extends DefaultAsyncProducer {

    private final Hh1Endpoint endpoint;
    private @Nullable GenerateParts parts;
    private Runnable noHealth = () -> {};

    GenerateProducer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EndpointOptions options = endpoint.options(this);
        OptionRules.check(options);
        parts = GenerateParts.of(options);
        noHealth = Health.ofEndpoint(
                endpoint.getCamelContext(),
                endpoint.getEndpointUri(),
                endpoint.getComponent().isHealthCheckProducerEnabled(),
                parts.stack().pausedBecause());
    }

    @Override
    protected void doStop() throws Exception {
        if (parts != null) {
            noHealth.run();
            parts.close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        GenerateParts started = parts;
        ComponentParts component = endpoint.getComponent().parts();
        if (started == null) {
            exchange.setException(new IllegalStateException("the producer of " + endpoint + " is not started"));
            callback.done(true);
            return true;
        }
        GenerateMessage message;
        try {
            message = understood(exchange, started);
        } catch (Hh1Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        var delivery = new Delivery(exchange, started, message, component);
        component.open().begin();
        delivery.run()
                .handleAsync(
                        (outcome, error) -> {
                            delivery.finish(outcome, error);
                            return true;
                        },
                        component.callbacks)
                .thenCompose(finished -> started.output().deliver(exchange))
                .whenComplete((delivered, error) -> {
                    delivery.handedOn();
                    component.open().end();
                    Callbacks.done(callback, endpoint);
                });
        return false;
    }

    /** Without violations. */
    private static GenerateMessage understood(Exchange exchange, GenerateParts parts) throws Hh1Exception {
        GenerateMessage message = parts.reader().read(exchange);
        if (!message.violations().isEmpty()) {
            throw new InvalidRequestException(message.allViolations(parts.preflight()), Facts.of(""));
        }
        return message;
    }
}
