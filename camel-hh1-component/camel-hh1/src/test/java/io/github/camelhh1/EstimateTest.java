package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.text.Sha256;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dry run: says what would be sent, and sends nothing. */
class EstimateTest {
    private static final String LINK = "https://images.example/photo.png";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @AfterEach
    void nothingReachedTheService() {
        assertThat(CAMEL.simulator().requests()).isEmpty();
        assertThat(CAMEL.simulator().connections()).isZero();
    }

    private static Map<?, ?> estimate(String options, Processor message) {
        var exchange = CAMEL.sendTo("hh1:estimate" + options, message).end();
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(Map.class);
    }

    private static Map<?, ?> estimate(String options, Object body) {
        return estimate(options, exchange -> exchange.getMessage().setBody(body));
    }

    private static Object input(Map<?, ?> estimate) {
        return ((Map<?, ?>) estimate.get("request")).get("input");
    }

    @Nested
    class OfALink {
        @Test
        void isTheRequestWithOnlyWhatWasSet() {
            assertThat(estimate("", LINK).get("request"))
                    .isEqualTo(Map.of("model", "alibaba/hh1-i2v", "input", Map.of("image", LINK)));
        }

        @Test
        void hasEveryFieldUnderTheModelsOwnName() {
            Map<?, ?> estimate = estimate(
                    "?model=other/model&prompt=pan&negativePrompt=blur&resolution=720p&duration=4&seed=7&watermark=false",
                    LINK);
            assertThat(estimate.get("request"))
                    .isEqualTo(Map.of(
                            "model",
                            "other/model",
                            "input",
                            Map.of(
                                    "image",
                                    LINK,
                                    "prompt",
                                    "pan",
                                    "negative_prompt",
                                    "blur",
                                    "resolution",
                                    "720P",
                                    "duration",
                                    4,
                                    "seed",
                                    7,
                                    "watermark",
                                    false)));
        }

        @Test
        void saysTheSecondsThatAreAskedFor() {
            assertThat(estimate("?duration=15", LINK).get("seconds")).isEqualTo(15);
        }

        @Test
        void saysTheMostSecondsWhenTheDurationIsLeftToTheService() {
            assertThat(estimate("?prompt=pan", LINK).get("seconds")).isEqualTo(15);
        }

        @Test
        void saysNoCostWithoutPrices() {
            assertThat(estimate("?duration=3", LINK).containsKey("cost")).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "duration=3&resolution=720P, 0.42",
            "duration=3&resolution=1080P, 0.84",
            "duration=3, 0.84",
            "resolution=720P, 2.10",
            "prompt=pan, 4.20"
        })
        void saysTheMostItCanCost(String options, BigDecimal cost) {
            assertThat(estimate("?pricePerSecond=720P=0.14,1080P=0.28&" + options, LINK)
                            .get("cost"))
                    .isEqualTo(cost);
        }

        @Test
        void needsNoAccount() {
            CAMEL.options(options -> options.setAccountId(" "));
            CAMEL.options(options -> options.setApiKey(" "));
            assertThat(input(estimate("?backend=cloudflare", LINK))).isEqualTo(Map.of("image", LINK));
        }
    }

    @Nested
    class OfImageContent {
        @Test
        void namesItByItsHashAndDoesNotStageIt() {
            var staged = new AtomicInteger();
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:stage").process(exchange -> staged.incrementAndGet());
                }
            });
            byte[] png = Images.png();
            var digest = Sha256.digest();
            digest.update(png);

            assertThat(input(estimate("?stagingUri=direct:stage", png)))
                    .isEqualTo(Map.of("image", "staged:" + Sha256.hex(digest) + ".png"));
            assertThat(staged).hasValue(0);
        }
    }

    @Nested
    class WhenAFieldIsSetTwice {
        private static final String OPTIONS = "?prompt=option&duration=3&seed=1&resolution=720P";

        @Test
        void theBodyWinsOverTheOption() {
            Map<?, ?> estimate = estimate(OPTIONS, Map.of("image", LINK, "prompt", "body", "duration", 4));
            assertThat(input(estimate))
                    .isEqualTo(Map.of("image", LINK, "prompt", "body", "duration", 4, "seed", 1, "resolution", "720P"));
            assertThat(estimate.get("seconds")).isEqualTo(4);
        }

        @Test
        void theHeaderWinsOverBoth() {
            Map<?, ?> estimate = estimate(OPTIONS, exchange -> {
                exchange.getMessage().setBody(Map.of("image", LINK, "prompt", "body", "duration", 4));
                exchange.getMessage().setHeader(Hh1Constants.PROMPT, "header");
                exchange.getMessage().setHeader(Hh1Constants.DURATION, "5");
                exchange.getMessage().setHeader(Hh1Constants.SEED, 2);
            });
            assertThat(input(estimate))
                    .isEqualTo(
                            Map.of("image", LINK, "prompt", "header", "duration", 5, "seed", 2, "resolution", "720P"));
            assertThat(estimate.get("seconds")).isEqualTo(5);
        }
    }

    @Nested
    class WhenRulesAreBroken {
        @Test
        void theyAreAllToldAtOnce() {
            var failure = CAMEL.sendTo("hh1:estimate", exchange -> {
                        exchange.getMessage().setBody("ftp://images.example/photo.png");
                        exchange.getMessage().setHeader(Hh1Constants.DURATION, 16);
                        exchange.getMessage().setHeader(Hh1Constants.RESOLUTION, "4K");
                        exchange.getMessage().setHeader(Hh1Constants.SEED, -1);
                        exchange.getMessage().setHeader(Hh1Constants.WATERMARK, "perhaps");
                    })
                    .failure(InvalidRequestException.class);
            assertThat(failure.violations())
                    .hasSize(5)
                    .anyMatch(violation -> violation.contains("ftp"))
                    .anyMatch(violation -> violation.startsWith("duration") && violation.contains("16"))
                    .anyMatch(violation -> violation.startsWith("resolution") && violation.contains("4K"))
                    .anyMatch(violation -> violation.startsWith("seed") && violation.contains("-1"))
                    .anyMatch(violation -> violation.startsWith("watermark") && violation.contains("perhaps"));
        }
    }
}
