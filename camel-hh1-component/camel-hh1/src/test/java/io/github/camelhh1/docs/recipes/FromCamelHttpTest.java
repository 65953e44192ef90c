package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One call by camel-http and by hh1, with and without an answer. */
class FromCamelHttpTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final DefaultCamelContext context = new DefaultCamelContext();

    static final class Before extends RouteBuilder {
        private final String url;
        private final String token;

        Before(String url, String token) {
            this.url = url;
            this.token = token;
        }

        @Override
        public void configure() {
            onException(IOException.class).maximumRedeliveries(2).redeliveryDelay(0);

            from("direct:before")
                    .process(exchange -> exchange.getMessage()
                            .setBody(Map.of(
                                    "model",
                                    "alibaba/hh1-i2v",
                                    "input",
                                    Map.of("image", exchange.getMessage().getBody(String.class), "duration", 5))))
                    .marshal()
                    .json(JsonLibrary.Jackson)
                    .setHeader("Authorization", constant("Bearer " + token))
                    .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                    .to(url + "?responseTimeout=900000")
                    .unmarshal()
                    .json(JsonLibrary.Jackson)
                    .setBody(simple("${body[result][result][video]}"));
        }
    }

    static final class After extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:after").to("hh1:generate?duration=5");
        }
    }

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("simulator", simulator);
        context.getComponent("hh1", Hh1Component.class).getConfiguration().setBackend("simulator");
        context.getComponent("hh1", Hh1Component.class).getConfiguration().setLookup(false);
        context.addRoutes(
                new Before(simulator.baseUrl() + "/accounts/" + simulator.account() + "/ai/run", simulator.apiKey()));
        context.addRoutes(new After());
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Exchange send(String uri) {
        String photo = simulator.sampleImageUrl();
        return context.createProducerTemplate()
                .request(uri, exchange -> exchange.getMessage().setBody(photo));
    }

    @Test
    void bothGiveTheVideosLink() {
        for (String uri : new String[] {"direct:before", "direct:after"}) {
            assertThat(send(uri).getMessage().getBody(String.class)).startsWith(simulator.origin());
        }
        assertThat(simulator.charges()).isEqualTo(2);
    }

    @Test
    void withoutAnAnswerCamelHttpSendsAndPaysThreeTimes() {
        simulator.script(Fault.closeAfterRequest(), Fault.closeAfterRequest(), Fault.closeAfterRequest());

        assertThat(send("direct:before").getException()).isInstanceOf(IOException.class);
        assertThat(simulator.charges()).isEqualTo(3);
    }

    @Test
    void withoutAnAnswerHh1SendsOnceAndSaysThatItIsUnknown() {
        simulator.script(Fault.closeAfterRequest());

        assertThat(send("direct:after").getException()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(simulator.charges()).isEqualTo(1);
    }
}
