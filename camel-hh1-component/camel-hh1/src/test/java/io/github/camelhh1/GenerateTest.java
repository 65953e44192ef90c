package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GenerateTest extends CamelTestSupport {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private String uri() {
        var simulator = SIMULATOR.simulator();
        return "hh1:generate?baseUrl=" + simulator.baseUrl() + "&accountId=" + simulator.account() + "&apiKey="
                + simulator.apiKey();
    }

    @Test
    void aLinkAndAPromptBecomeAVideoLink() {
        Exchange exchange = template.request(uri(), e -> {
            e.getMessage().setBody(SIMULATOR.simulator().sampleImageUrl());
            e.getMessage().setHeader(Hh1Constants.PROMPT, "push in");
            e.getMessage().setHeader(Hh1Constants.DURATION, "4");
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).startsWith("http://127.0.0.1");
        assertThat(SIMULATOR.simulator().charges()).isEqualTo(1);
    }
}
