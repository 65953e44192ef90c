package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 24, where Camel tries again with another exchange, or the endpoint's expression gives another key. */
class OtherExchangesTest extends CamelTestSupport {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        var simulator = SIMULATOR.simulator();
        var configuration = context.getComponent("hh1", Hh1Component.class).getConfiguration();
        configuration.setBaseUrl(simulator.baseUrl());
        configuration.setLookup(false);
        configuration.setAccountId(simulator.account());
        configuration.setApiKey(simulator.apiKey());
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(5).redeliveryDelay(0);
                from("direct:enrich").enrich("hh1:generate");
                from("direct:failover").loadBalance().failover(3, false, true).to("hh1:generate");
                from("direct:keys").to("hh1:generate?requestKey=job-${random(1,1000000000)}");
            }
        };
    }

    private void isPaidOnce(String route) {
        SIMULATOR.simulator().when(request -> true).reply(Fault.closeAfterRequest());
        Exchange exchange = template.request(
                route, e -> e.getMessage().setBody(SIMULATOR.simulator().sampleImageUrl()));
        assertThat(exchange.getException()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(SIMULATOR.simulator().requests()).hasSize(1);
        assertThat(SIMULATOR.simulator().charges()).isLessThanOrEqualTo(1);
    }

    @Test
    void anEnricherPaysOnce() {
        isPaidOnce("direct:enrich");
    }

    @Test
    void aFailoverPaysOnce() {
        isPaidOnce("direct:failover");
    }

    @Test
    void aKeyThatIsAnotherEachTimePaysOnce() {
        isPaidOnce("direct:keys");
    }

    @Test
    void theSendersOwnOtherKeyIsAnotherRequest() {
        SIMULATOR.simulator().script(Fault.closeAfterRequest());
        Exchange first = template.request("hh1:generate", e -> {
            e.getMessage().setBody(SIMULATOR.simulator().sampleImageUrl());
            e.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "take 1");
        });
        assertThat(first.getException()).isInstanceOf(OutcomeUnknownException.class);
        first.setException(null);
        first.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "take 2");
        assertThat(template.send("hh1:generate", first).getException()).isNull();
        assertThat(SIMULATOR.simulator().requests()).hasSize(2);
    }
}
