package io.github.camelhh1.staging;

import io.github.camelhh1.async.Offload;
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

/** Asks a Camel endpoint. Each question is an exchange of its own; the endpoint may answer whenever it likes. */
final class EndpointCall implements AutoCloseable {

    /** Reads an answer, which may be whatever a route left behind. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Message answer) throws Exception;
    }

    private final Endpoint endpoint;
    private final AsyncProducer producer;
    private final Executor staging;
    private final Executor rooms;
    private final Caller caller;

    /** Endpoints run and answers are read on {@code staging}, since both may block; they go on to {@code rooms}. */
    EndpointCall(CamelContext context, Endpoint endpoint, Executor staging, Executor rooms) throws Exception {
        this.endpoint = endpoint;
        this.producer = PluginHelper.getInternalProcessorFactory(context)
                .createUnitOfWorkProducer(endpoint.createAsyncProducer());
        this.staging = staging;
        this.rooms = rooms;
        this.caller = Caller.NONE;
        // An endpoint that was bound to the registry may not have been started.
        ServiceHelper.startService(endpoint, producer);
    }

    private EndpointCall(EndpointCall started, Caller caller) {
        this.endpoint = started.endpoint;
        this.producer = started.producer;
        this.staging = started.staging;
        this.rooms = started.rooms;
        this.caller = caller;
    }

    /** The same endpoint, asked for that message. */
    EndpointCall onBehalfOf(Caller asking) {
        return new EndpointCall(this, asking);
    }

    <T> CompletionStage<T> ask(Consumer<Message> question, Reader<T> reader) {
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

    /** What a route left behind may be a stream that takes long to read, or throw when it is looked at. */
    private <T> void finish(Exchange exchange, Reader<T> reader, CompletableFuture<T> answer) {
        Offload.complete(answer, rooms, () -> {
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            return reader.read(exchange.getMessage());
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
