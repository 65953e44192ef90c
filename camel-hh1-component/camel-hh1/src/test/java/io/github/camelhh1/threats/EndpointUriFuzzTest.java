package io.github.camelhh1.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Endpoint;
import io.github.camelhh1.fixture.Fuzz;
import java.util.Random;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every URI becomes an endpoint, or fails with Camel's own exception. */
class EndpointUriFuzzTest {
    private static final int INPUTS = Fuzz.inputs(1_000);
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static final String KEY = "canary-key";

    private static final String[] URIS = {
        "hh1:generate?resolution=720P&duration=5&seed=7&watermark=false&prompt=pan left",
        "hh1:generate?apiKey=RAW(" + KEY + ")&accountId=a&baseUrl=https://api.example/v4&generationTimeout=15m",
        "hh1:estimate?pricePerSecond=720P=0.14,1080P=0.28&image=https://i.example/a.png",
        "hh1:download?downloadDirectory=/tmp/videos&maxVideoSize=100&allowPrivateHosts=true",
        "hh1:runs",
        "hh1:adopt?onUnknown=resend&maxPaidAttempts=3"
    };
    private static final String[] HURTING = {
        "?",
        "&",
        "&&",
        "=",
        "%",
        "%zz",
        "%00",
        "RAW(",
        ")",
        "{{",
        "}}",
        "${",
        "#bean:",
        "generate",
        "download",
        "duration=",
        "=-1",
        "=999999999999999999999",
        "=true",
        "\u0000",
        "\n",
        "//",
        "hh1:",
        "'",
        "x".repeat(500)
    };

    private int endpoints;

    @BeforeAll
    static void start() {
        CONTEXT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        CONTEXT.close();
    }

    @Test
    void isAnEndpointOrSaidToBeNone() {
        Fuzz.every(INPUTS, this::resolve);
        if (INPUTS >= 1_000) {
            assertThat(endpoints).isBetween(INPUTS / 20, INPUTS * 19 / 20);
        }
    }

    private void resolve(Random random) throws Exception {
        String uri = "hh1:"
                + Fuzz.mutated(URIS[random.nextInt(URIS.length)], random, HURTING)
                        .replaceFirst("^hh1:", "");
        try {
            Endpoint endpoint = CONTEXT.getEndpoint(uri);
            endpoints++;
            assertThat(endpoint).isInstanceOf(Hh1Endpoint.class);
            assertThat(endpoint.toString()).doesNotContain(KEY);
            CONTEXT.removeEndpoint(endpoint);
        } catch (ResolveEndpointFailedException e) {
            // As documented.
        }
    }
}
