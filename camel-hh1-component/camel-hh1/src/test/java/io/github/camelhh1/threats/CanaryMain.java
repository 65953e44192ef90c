package io.github.camelhh1.threats;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Certificates;
import io.github.camelhh1.bench.Front;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A day in the life of a component, for {@link KeyLeakTest} to listen to: all of it over TLS, as in earnest. */
final class CanaryMain {
    private CanaryMain() {}

    @SuppressWarnings("try")
    public static void main(String[] arguments) throws Exception {
        var certificates = new Certificates(Path.of(arguments[0]));
        try (Hh1Simulator simulator = Hh1Simulator.builder()
                        .apiKey(Bench.KEY)
                        .rendering(false)
                        .start();
                Front front = Front.of(certificates.server("good"), simulator.origin());
                CamelContext context = new DefaultCamelContext()) {
            var component = new Hh1Component(context);
            component.getConfiguration().setBaseUrl(front.url("https", "127.0.0.1"));
            component.getConfiguration().setAccountId(simulator.account());
            component.getConfiguration().setApiKey(Bench.KEY);
            component.getConfiguration().setRetryDelay(10);
            component.getConfiguration().setGenerationTimeout(1_000);
            component.setSslContextParameters(certificates.trust());
            context.addComponent("hh1", component);
            context.setMessageHistory(true);
            context.setTracing(true);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:option").to("hh1:generate");
                    from("direct:raw").to("hh1:generate?apiKey=RAW(" + Bench.KEY + ")");
                    from("direct:plain").to("hh1:generate?apiKey=" + Bench.KEY);
                }
            });
            context.start();
            live(context, simulator);
            for (Endpoint endpoint : context.getEndpoints()) {
                // Its getEndpointUri() is Camel's own, and whole by design.
                System.out.println(endpoint + " " + endpoint.getEndpointBaseUri());
            }
            System.out.println(component.getConfiguration() + " " + component);
            badStart(context, "hh1:generate?maxAttempts=0&apiKey=RAW(" + Bench.KEY + ")");
            badStart(context, "hh1:generate?apiKey=RAW(" + Bench.KEY + " )x)");
            badStart(context, "hh1:generate?apiKey=" + Bench.KEY + "&noSuchOption=1");
            badStart(context, "hh1:nothing?apiKey=" + Bench.KEY);
        }
    }

    private static void live(CamelContext context, Hh1Simulator simulator) {
        simulator.script(
                Reply.completed(),
                Reply.throttled(),
                Reply.completed(),
                Reply.error(401, 10000, "Bad token Bearer " + Bench.KEY + " from you"),
                Reply.thrown(400, 5007, "echo " + Bench.KEY),
                Reply.json(200, "{\"state\":\"" + Bench.KEY + "\"}"),
                Reply.html(502),
                Fault.silence(),
                Fault.resetAfterRequest());
        for (String uri : new String[] {"direct:option", "direct:raw", "direct:plain"}) {
            for (int i = 0; i < 6; i++) {
                Exchange exchange = context.createProducerTemplate()
                        .request(uri, message -> message.getMessage().setBody(simulator.sampleImageUrl()));
                if (exchange.getException() != null) {
                    exchange.getException().printStackTrace(System.out);
                }
                System.out.println(
                        exchange + " " + exchange.getMessage().getHeaders() + " " + exchange.getProperties());
            }
        }
    }

    private static void badStart(CamelContext context, String uri) {
        try {
            context.createProducerTemplate().requestBody(uri, "https://i.example/1.png");
        } catch (Exception e) {
            e.printStackTrace(System.out);
        }
    }
}
