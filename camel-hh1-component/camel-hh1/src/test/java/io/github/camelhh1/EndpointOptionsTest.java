package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.ReceivedRequest;
import org.apache.camel.ResolveEndpointFailedException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The effects of the options of an endpoint. */
class EndpointOptionsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static ReceivedRequest received(String options) {
        CAMEL.send(options).end();
        return CAMEL.simulator().requests().get(CAMEL.posts() - 1);
    }

    private static Hh1Configuration of(String options) {
        return CAMEL.context()
                .getEndpoint("hh1:generate" + options, Hh1Endpoint.class)
                .getConfiguration();
    }

    @Nested
    class TheFullResponse {
        @Test
        void isKeptInAPropertyWhenAskedFor() {
            var sent = CAMEL.send("storeFullResponse=true");
            assertThat(sent.video()).isNotEmpty();
            assertThat(sent.end().getProperty("CamelHh1FullResponse"))
                    .isInstanceOf(String.class)
                    .asString()
                    .startsWith("{")
                    .contains("\"state\":\"Completed\"", sent.video());
        }

        @Test
        void isNotKeptOtherwise() {
            var sent = CAMEL.send("");
            assertThat(sent.video()).isNotEmpty();
            assertThat(sent.end().getProperties()).doesNotContainKey("CamelHh1FullResponse");
        }
    }

    @Nested
    class TheService {
        @Test
        void isToldNotToAnswerFromItsCache() {
            assertThat(received("").header("cf-aig-skip-cache")).isEqualTo("true");
        }

        @Test
        void mayAnswerFromItsCacheWhenAllowed() {
            assertThat(received("skipCache=false").header("cf-aig-skip-cache")).isEqualTo("false");
        }

        @Test
        void isToldTheGateway() {
            assertThat(received("gatewayId=studio").header("cf-aig-gateway-id")).isEqualTo("studio");
        }

        @Test
        void isToldNoGatewayWhenNoneIsSet() {
            assertThat(received("").headers().keySet()).noneMatch("cf-aig-gateway-id"::equalsIgnoreCase);
        }

        @Test
        void isToldTheModel() {
            assertThat(received("").model()).isEqualTo("alibaba/hh1-i2v");
            assertThat(received("model=alibaba/hh2-i2v").model()).isEqualTo("alibaba/hh2-i2v");
        }
    }

    @Nested
    class APrompt {
        private String promptAndLog(String prompt, StringBuilder said) {
            try (CapturedLog log = CapturedLog.start()) {
                CAMEL.send("", exchange -> {
                            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                            exchange.getMessage().setHeader(Hh1Constants.PROMPT, prompt);
                        })
                        .video();
                said.append(log.text());
            }
            return CAMEL.simulator().requests().get(CAMEL.posts() - 1).prompt();
        }

        @Test
        void thatIsTooLongIsSentWholeWithAWarning() {
            String prompt = "x".repeat(5001);
            var said = new StringBuilder();
            assertThat(promptAndLog(prompt, said)).isEqualTo(prompt);
            assertThat(said.toString())
                    .contains("WARN", "5001 characters", "beyond 5000")
                    .doesNotContain(prompt);
        }

        @Test
        void ofFiveThousandCharactersIsNoReasonToWarn() {
            var said = new StringBuilder();
            assertThat(promptAndLog("x".repeat(5000), said)).hasSize(5000);
            assertThat(said.toString()).doesNotContain("5000");
        }
    }

    @Nested
    class OptionsOfTheComponent {
        @Test
        void areTheDefaultsOfItsEndpoints() {
            CAMEL.options(options -> options.setGatewayId("house"));
            CAMEL.options(options -> options.setMaxAttempts(2));
            assertThat(of("").getMaxAttempts()).isEqualTo(2);
            assertThat(received("").header("cf-aig-gateway-id")).isEqualTo("house");
        }

        @Test
        void giveWayToThoseOfAnEndpointAndStayThemselves() {
            CAMEL.options(options -> options.setGatewayId("house"));
            CAMEL.options(options -> options.setMaxAttempts(2));
            assertThat(of("?maxAttempts=3").getMaxAttempts()).isEqualTo(3);
            assertThat(received("gatewayId=studio").header("cf-aig-gateway-id")).isEqualTo("studio");
            assertThat(received("").header("cf-aig-gateway-id")).isEqualTo("house");
            assertThat(CAMEL.options().getMaxAttempts()).isEqualTo(2);
        }
    }

    @Nested
    class ADuration {
        @ParameterizedTest
        @ValueSource(strings = {"15m", "PT15M", "900000"})
        void isReadInEverySpelling(String spelled) {
            CAMEL.options(options -> options.setGenerationTimeout(1));
            assertThat(of("?generationTimeout=" + spelled).getGenerationTimeout())
                    .isEqualTo(900_000);
            assertThat(of("?retryDelay=" + spelled).getRetryDelay()).isEqualTo(900_000);
            assertThat(of("?maxRetryDelay=" + spelled).getMaxRetryDelay()).isEqualTo(900_000);
        }
    }

    @Nested
    class AnErrorAtStart {
        @Test
        void namesAnUnknownOperationAndThoseThereAre() {
            assertThatThrownBy(() -> CAMEL.context().getEndpoint("hh1:paint"))
                    .isInstanceOf(ResolveEndpointFailedException.class)
                    .rootCause()
                    .hasMessageContainingAll("hh1:paint", "generate", "estimate", "download");
        }

        @Test
        void namesAnUnknownOption() {
            assertThatThrownBy(() -> CAMEL.context().getEndpoint("hh1:generate?durration=4"))
                    .isInstanceOf(ResolveEndpointFailedException.class)
                    .hasMessageContaining("durration");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "backend=elsewhere",
                    "baseUrl=nowhere",
                    "generationTimeout=0",
                    "maxAttempts=0",
                    "duration=16",
                    "duration=2",
                    "resolution=4K",
                    "seed=-1",
                    "image=ftp://x/1.png",
                    "maxVideoSize=0"
                })
        void namesAnOptionThatCannotWork(String option) {
            String name = option.substring(0, option.indexOf('='));
            assertThatThrownBy(() -> CAMEL.send(option))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("cannot start", name);
            assertThat(CAMEL.posts()).isZero();
        }

        @Test
        void namesBothOfTwoOptionsThatExcludeEachOther() {
            assertThatThrownBy(() -> CAMEL.send("stagingUri=direct:stage&inlineImages=true"))
                    .rootCause()
                    .hasMessageContainingAll("stagingUri", "inlineImages");
        }

        @ParameterizedTest
        @CsvSource({
            "stagingDirectory=target/staged, stagingBaseUrl",
            "stagingBaseUrl=https://images.example.com/, stagingDirectory",
            "stagingDirectory=target/staged&stagingBaseUrl=ftp://images.example.com/, http(s)",
            "stagingDirectory=target/staged&stagingBaseUrl=https://i.example/&stagingUri=direct:stage, exclude",
            "stagingDirectory=/proc/staged&stagingBaseUrl=https://images.example.com/, cannot be",
            "stagingCleanupUri=direct:unstage, stagingUri",
        })
        void namesWhatIsMissingForStaging(String options, String told) {
            assertThatThrownBy(() -> CAMEL.send(options))
                    .satisfies(failure ->
                            assertThat(failure).hasStackTraceContaining(told).hasStackTraceContaining("staging"));
            assertThat(CAMEL.posts()).isZero();
        }
    }
}
