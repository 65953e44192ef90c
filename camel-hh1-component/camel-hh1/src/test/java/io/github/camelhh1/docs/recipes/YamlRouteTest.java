package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class YamlRouteTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final Main main = new Main();

    @BeforeEach
    void start() {
        main.bind("simulator", simulator);
        main.addOverrideProperty("camel.component.hh1.backend", "simulator");
        main.addOverrideProperty("camel.main.routesIncludePattern", "classpath:routes/photo.yaml");
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aPhotoBecomesAVideo() throws Exception {
        byte[] video = main.getCamelTemplate().requestBody("direct:photo", simulator.sampleImageUrl(), byte[].class);

        assertThat(video).hasSizeGreaterThan(10_000);
        assertThat(simulator.charges()).isEqualTo(1);
    }
}
