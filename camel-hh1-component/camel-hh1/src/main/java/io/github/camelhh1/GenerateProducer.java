package io.github.camelhh1;

import io.github.camelhh1.failure.Facts;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.message.GenerateMessage;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.GenerateParts;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** {@code hh1:generate}. Holds no thread while the video is made. */
final class GenerateProducer extends DefaultAsyncProducer {

    private final Hh1Endpoint endpoint;
    private @Nullable GenerateParts assembly;

    GenerateProducer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EndpointOptions options = endpoint.options();
        OptionRules.check(options);
        assembly = GenerateParts.of(options);
        assembly.healthCheck()
                .register(endpoint.getCamelContext(), endpoint.getComponent().isHealthCheckProducerEnabled());
    }

    @Override
    protected void doStop() throws Exception {
        if (assembly != null) {
            assembly.healthCheck().unregister(endpoint.getCamelContext());
            assembly.close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        GenerateParts rooms = assembly;
        ComponentParts runtime = endpoint.getComponent().runtime();
        if (rooms == null) {
            exchange.setException(new IllegalStateException("the producer of " + endpoint + " is not started"));
            callback.done(true);
            return true;
        }
        GenerateMessage reading = rooms.reader().read(exchange);
        if (!reading.violations().isEmpty()) {
            exchange.setException(new InvalidRequestException(reading.allViolations(rooms.preflight()), Facts.of("")));
            callback.done(true);
            return true;
        }
        var delivery = new Delivery(exchange, rooms, reading, runtime);
        runtime.open().begin();
        delivery.run()
                .handleAsync(
                        (outcome, error) -> {
                            delivery.finish(outcome, error);
                            return true;
                        },
                        runtime.callbacks)
                .thenCompose(finished -> rooms.output().deliver(exchange))
                .whenComplete((delivered, error) -> {
                    delivery.handedOn();
                    runtime.open().end();
                    Callbacks.done(callback, endpoint);
                });
        return false;
    }
}
