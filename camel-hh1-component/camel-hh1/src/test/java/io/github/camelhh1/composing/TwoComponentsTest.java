package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code hh1-eu} beside {@code hh1}: each has its own account, ledger, permits and names. */
class TwoComponentsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @RegisterExtension
    static final Hh1SimulatorExtension EUROPE = new Hh1SimulatorExtension();

    @BeforeEach
    void addTheOther() {
        Hh1Simulator europe = EUROPE.simulator();
        var component = new Hh1Component(CAMEL.context());
        component.getConfiguration().setBaseUrl(europe.baseUrl());
        component.getConfiguration().setLookup(false);
        component.getConfiguration().setAccountId(europe.account());
        component.getConfiguration().setApiKey(europe.apiKey());
        CAMEL.context().addComponent("hh1-eu", component);
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:here").to("hh1:generate");
                from("direct:there").to("hh1-eu:generate");
                from("direct:both").multicast().parallelProcessing().to("hh1:generate", "hh1-eu:generate");
            }
        });
    }

    private static Exchange send(String uri) {
        Exchange exchange = CAMEL.sendTo(uri, message -> {
                    message.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                    message.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "one");
                })
                .end();
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private static int runs(String scheme) {
        return CAMEL.sendTo(scheme + ":runs", message -> {})
                .end()
                .getMessage()
                .getBody(List.class)
                .size();
    }

    @Test
    void paysOnItsOwnAccountAndKnowsItsOwnRuns() {
        send("direct:here");
        assertThat(EUROPE.simulator().charges()).isZero();
        send("direct:there");

        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(EUROPE.simulator().charges()).isEqualTo(1);
        assertThat(runs("hh1")).isEqualTo(1);
        assertThat(runs("hh1-eu")).isEqualTo(1);
    }

    @Test
    void oneMessageForBothIsTwoVideos() {
        send("direct:both");

        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(EUROPE.simulator().charges()).isEqualTo(1);
    }

    @Test
    void theOtherWorksOnWhenOneIsRemoved() {
        CAMEL.context().removeComponent("hh1-eu");

        send("direct:here");
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void eachHasNamesOfItsOwnInJmx() throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.addComponent("hh1", new Hh1Component(context));
            context.addComponent("hh1-eu", new Hh1Component(context));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:both").to("hh1:estimate", "hh1-eu:estimate");
                }
            });
            context.start();

            String ours = "org.apache.camel:context=" + context.getManagementName();
            assertThat(names(ours + ",type=components,*")).contains("\"hh1\"", "\"hh1-eu\"");
            assertThat(names(ours + ",type=endpoints,*")).contains("\"hh1://estimate\"", "\"hh1-eu://estimate\"");
            assertThat(names(ours + ",type=producers,*"))
                    .filteredOn(producer -> producer.startsWith("Hh1Producer"))
                    .hasSize(2);
        }
    }

    private static Set<String> names(String pattern) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName(pattern), null).stream()
                .map(name -> name.getKeyProperty("name"))
                .collect(Collectors.toSet());
    }
}
