package io.github.camelhh1;

import io.github.camelhh1.failure.Facts;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.generation.Limits;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** {@code hh1:generate}. Holds no thread while the video is made. */
final class GenerateProducer extends DefaultAsyncProducer {

    private final Hh1Endpoint endpoint;
    private @Nullable Assembly assembly;

    GenerateProducer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        assembly = Assembly.of(endpoint);
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
        Assembly rooms = assembly;
        Hh1Runtime runtime = endpoint.getComponent().runtime();
        if (rooms == null) {
            exchange.setException(new IllegalStateException("the producer of " + endpoint + " is not started"));
            callback.done(true);
            return true;
        }
        Reading reading = rooms.reader().read(exchange);
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

    /** The options' times and counts. */
    static Limits limits(Hh1Configuration options) {
        return new Limits(
                Duration.ofMillis(options.getGenerationTimeout()),
                options.getMaxAttempts(),
                Duration.ofMillis(options.getRetryDelay()),
                Duration.ofMillis(options.getMaxRetryDelay()),
                options.getOnUnknown().equals("resend") ? options.getMaxPaidAttempts() : 1);
    }
}
