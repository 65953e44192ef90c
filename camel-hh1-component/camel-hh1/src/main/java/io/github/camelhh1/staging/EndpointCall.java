package io.github.camelhh1.staging;

import io.github.camelhh1.async.Offload;
import io.github.camelhh1.staging.Staging.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.function.ThrowingFunction;

/** Asks a Camel endpoint, which may answer at any time. Each question is an exchange of its own. */
final class EndpointCall implements AutoCloseable {
    private final Endpoint endpoint;
    private final AsyncProducer producer;
    private final Executor staging;
    private final Executor rooms;

    /** Endpoints run and answers are read on {@code staging}, since both may block; they go on to {@code rooms}. */
    EndpointCall(CamelContext context, Endpoint endpoint, Executor staging, Executor rooms) throws Exception {
        this.endpoint = endpoint;
        this.producer = PluginHelper.getInternalProcessorFactory(context)
                .createUnitOfWorkProducer(endpoint.createAsyncProducer());
        this.staging = staging;
        this.rooms = rooms;
        // An endpoint that was bound to the registry may not have been started.
        ServiceHelper.startService(endpoint, producer);
    }

    /** Asks on behalf of {@code caller}; {@code reader} reads the message that the endpoint or its route has left. */
    <T> CompletionStage<T> ask(
            Caller caller, Consumer<Message> question, ThrowingFunction<Message, T, Exception> reader) {
        var answer = new CompletableFuture<T>();
        staging.execute(() -> {
            try {
                Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
                caller.mark(exchange);
                question.accept(exchange.getMessage());
                producer.process(exchange, doneSync -> {
                    if (doneSync) {
                        finish(exchange, reader, answer);
                    } else {
                        staging.execute(() -> finish(exchange, reader, answer));
                    }
                });
            } catch (RuntimeException | Error e) {
                rooms.execute(() -> answer.completeExceptionally(e));
            }
        });
        return answer;
    }

    /** The body may be a stream that takes long to read, or that throws. */
    private <T> void finish(
            Exchange exchange, ThrowingFunction<Message, T, Exception> reader, CompletableFuture<T> answer) {
        Offload.complete(answer, rooms, () -> {
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            return reader.apply(exchange.getMessage());
        });
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownService(producer);
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
