package io.github.camelhh1.late;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context that generates videos; messages are delivered to it as a broker does. */
final class LateNode implements AutoCloseable {
    static final int SECONDS = 5;

    private static final String ROUTE = "direct:generate";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AsyncProducer producer;
    private final String image;

    LateNode(Hh1Simulator service, Ledger ledger, Consumer<Hh1Component> options) throws Exception {
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(20);
        var component = new Hh1Component(context);
        component.getConfiguration().setBaseUrl(service.baseUrl());
        component.getConfiguration().setLookup(false);
        component.getConfiguration().setAccountId(service.account());
        component.getConfiguration().setApiKey(service.apiKey());
        component.getConfiguration().setRetryDelay(50);
        component.getConfiguration().setMaxAttempts(3);
        component.setLedger(ledger);
        component.setMaxInFlight(64);
        options.accept(component);
        image = service.sampleImageUrl();
        context.addComponent("hh1", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(ROUTE).to("hh1:generate?preflight=off");
            }
        });
        try {
            context.start();
        } catch (RuntimeException e) {
            context.stop();
            throw e;
        }
        producer = context.getEndpoint(ROUTE).createAsyncProducer();
        producer.start();
    }

    /** The key is the prompt too, by which the service knows the message. {@code consumer} may be held back. */
    CompletableFuture<Exchange> deliver(String key, Executor consumer) {
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody(image);
        exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, key);
        exchange.getMessage().setHeader(Hh1Constants.PROMPT, key);
        exchange.getMessage().setHeader(Hh1Constants.DURATION, SECONDS);
        var ended = new CompletableFuture<Exchange>();
        consumer.execute(() -> producer.process(exchange, doneSync -> ended.complete(exchange)));
        return ended;
    }

    @Override
    public void close() {
        context.stop();
    }
}
