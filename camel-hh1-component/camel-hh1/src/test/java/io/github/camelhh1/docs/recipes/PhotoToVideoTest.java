package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PhotoToVideoTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("simulator", simulator);
        context.getComponent("hh1", Hh1Component.class).getConfiguration().setBackend("simulator");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() { // your own route builder
                from("direct:photo")
                        .to("hh1:generate?prompt=A gentle camera push-in&duration=3")
                        .to("hh1:download");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aPhotoBecomesAVideo() {
        byte[] video =
                context.createProducerTemplate().requestBody("direct:photo", simulator.sampleImageUrl(), byte[].class);

        assertThat(video).hasSizeGreaterThan(10_000);
        assertThat(simulator.charges()).isEqualTo(1);
    }

    @Test
    void aRequestWhoseAnswerIsLostIsLookedUpAndPaidOnce() {
        simulator.script(Fault.closeAfterRequest());

        byte[] video =
                context.createProducerTemplate().requestBody("direct:photo", simulator.sampleImageUrl(), byte[].class);

        assertThat(video).hasSizeGreaterThan(10_000);
        assertThat(simulator.requests()).hasSize(1);
        assertThat(simulator.charges()).isEqualTo(1);
    }
}
