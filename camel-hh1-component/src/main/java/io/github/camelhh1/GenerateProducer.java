package io.github.camelhh1;

import io.github.camelhh1.failure.Facts;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.generation.Fingerprint;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Limits;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Trace;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
        long accepted = System.nanoTime();
        Reading reading = rooms.reader().read(exchange);
        if (!reading.violations().isEmpty()) {
            exchange.setException(new InvalidRequestException(reading.violations(), Facts.of("")));
            callback.done(true);
            return true;
        }
        String fingerprint = Fingerprint.of(rooms.model(), reading.request(), reading.imageIdentity());
        var pending = Pending.of(exchange, fingerprint, reading);
        var identity = Identity.of(rooms.account(), rooms.model(), pending.key(), fingerprint);
        var generation = new Generation(reading.request(), reading.content(), identity, rooms.limits());
        // Read now: what the route does to the message later is another message.
        var names = Unknowns.names(exchange, fingerprint + " " + reading.senderKey());
        var memory = new Memory(pending, runtime.unknowns(), names);
        runtime.open().begin();
        run(rooms, generation, memory)
                .whenCompleteAsync(
                        (outcome, error) -> {
                            try {
                                Outcome ending = outcome != null ? outcome : broken(error);
                                Duration elapsed = Duration.ofNanos(System.nanoTime() - accepted);
                                finish(exchange, rooms, reading, generation, memory, ending, elapsed);
                            } catch (RuntimeException | Error e) {
                                exchange.setException(e);
                            } finally {
                                runtime.open().end();
                                Callbacks.done(callback, endpoint);
                            }
                        },
                        runtime.callbacks);
        return false;
    }

    /** Both memories of unknown outcomes: the exchange's own, and the one that outlives it. */
    private record Memory(Pending pending, Unknowns unknowns, List<String> names) {
        @Nullable
        String unknownBecause() {
            String own = pending.unknownBecause();
            return own != null ? own : unknowns.find(names);
        }

        void unknown(String reason) {
            pending.unknown(reason);
            unknowns.remember(names, reason);
        }
    }

    private static CompletionStage<Outcome> run(Assembly rooms, Generation generation, Memory memory) {
        String unknown = memory.unknownBecause();
        if (unknown != null) {
            return CompletableFuture.completedStage(new Outcome.Held(unknown));
        }
        try {
            return rooms.stack().generator().generate(generation);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** A room that throws has a defect. Nobody knows how far it came, so it may have been paid. */
    private static Outcome broken(Throwable error) {
        return new Outcome.Unknown("a defect of this component: " + CleanText.of(error.toString()), error, Trace.NONE);
    }

    private static void finish(
            Exchange exchange,
            Assembly rooms,
            Reading reading,
            Generation generation,
            Memory memory,
            Outcome outcome,
            Duration elapsed) {
        if (outcome instanceof Outcome.Completed completed) {
            rooms.writer().write(exchange, reading, generation, completed, elapsed);
            memory.pending().completed();
            return;
        }
        if (outcome instanceof Outcome.Unknown unknown) {
            memory.unknown(unknown.reason());
        }
        exchange.setException(rooms.failures().of(outcome, generation.identity().runId()));
    }

    /** The options' times and counts. */
    static Limits limits(Hh1Configuration options) {
        return new Limits(
                Duration.ofMillis(options.getGenerationTimeout()),
                options.getMaxAttempts(),
                Duration.ofMillis(options.getRetryDelay()),
                Duration.ofMillis(options.getMaxRetryDelay()));
    }
}
