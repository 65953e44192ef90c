package io.github.camelhh1.paidonce;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledger;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Another Camel context beside the bench's own, before the same simulator. */
final class Node implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final FluentProducerTemplate template;
    private volatile Processor next = exchange -> {};

    Node(TestContext bench, Ledger ledger) throws Exception {
        this(bench, ledger, component -> {});
    }

    Node(TestContext bench, Ledger ledger, Consumer<Hh1Component> options) throws Exception {
        var component = new Hh1Component(context);
        component.getConfiguration().setBaseUrl(bench.simulator().baseUrl());
        component.getConfiguration().setLookup(false);
        component.getConfiguration().setAccountId(bench.simulator().account());
        component.getConfiguration().setApiKey(TestContext.KEY);
        component.setLedger(ledger);
        component.setMaxInFlight(2);
        options.accept(component);
        context.addComponent("hh1", component);
        context.getShutdownStrategy().setTimeout(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate")
                        .to("hh1:generate?generationTimeout=1h")
                        .process(exchange -> next.process(exchange));
            }
        });
        context.start();
        template = context.createFluentProducerTemplate();
    }

    CompletableFuture<Exchange> send(Processor message) {
        return context.createProducerTemplate().asyncSend("direct:generate", message);
    }

    CamelContext context() {
        return context;
    }

    /** Sets the step of the route for a video. */
    void then(Processor after) {
        next = after;
    }

    Exchange ask(String uri, Processor message) {
        return template.to(uri).withProcessor(message).send();
    }

    @Override
    public void close() {
        context.stop();
    }
}
