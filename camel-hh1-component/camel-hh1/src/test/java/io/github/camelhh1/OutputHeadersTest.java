package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Envelope;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The headers that {@code hh1:generate} sets for a video. */
class OutputHeadersTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static Message made(String options) {
        return made(options, Map.of());
    }

    private static Message made(String options, Map<String, ?> headers) {
        return made(options, CAMEL.simulator().sampleImageUrl(), headers);
    }

    private static Message made(String options, Object body, Map<String, ?> headers) {
        var sent = CAMEL.send(options, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
        assertThat(sent.video()).isNotEmpty();
        return sent.end().getMessage();
    }

    private static ReceivedRequest lastRequest() {
        List<ReceivedRequest> requests = CAMEL.simulator().requests();
        return requests.get(requests.size() - 1);
    }

    @Nested
    class TheAnswer {
        @ParameterizedTest
        @EnumSource(Envelope.class)
        void isToldTheSameFromEitherEnvelope(Envelope envelope) {
            try (var simulator = Hh1Simulator.builder()
                    .apiKey(TestContext.KEY)
                    .rendering(false)
                    .envelope(envelope)
                    .start()) {
                CAMEL.options(options -> options.setBaseUrl(simulator.baseUrl()));
                CAMEL.options(options -> options.setAccountId(simulator.account()));

                Message message = made("", simulator.sampleImageUrl(), Map.of());

                assertThat(simulator.charges()).isEqualTo(1);
                assertThat(message.getHeaders())
                        .containsEntry("CamelHh1State", "Completed")
                        .containsEntry("CamelHh1KeySource", "Unified")
                        .containsEntry("CamelHh1Model", "alibaba/hh1-i2v");
                assertThat(message.getHeader("CamelHh1VideoUrl"))
                        .isEqualTo(message.getBody())
                        .asString()
                        .startsWith(simulator.origin());
            }
        }

        @Test
        void bringsTheIdsOfTheService() {
            Message message = made("");
            int number = lastRequest().number();
            assertThat(message.getHeaders())
                    .containsEntry("CamelHh1LogId", String.format(Locale.ROOT, "01SIMULATOR%015d", number))
                    .containsEntry("CamelHh1RayId", String.format(Locale.ROOT, "%016x-SIM", number))
                    .containsEntry("CamelHh1CacheStatus", "MISS");
        }

        @Test
        void isQuotedAsItWasGiven() {
            CAMEL.simulator()
                    .script(Reply.json(
                                    200,
                                    "{\"state\":\"Completed\",\"result\":{\"video\":\"${video}\"},"
                                            + "\"gatewayMetadata\":{\"keySource\":\"BYOK\"}}")
                            .header("cf-aig-log-id", "log-1")
                            .header("cf-ray", "ray-1")
                            .header("cf-aig-cache-status", "HIT"));
            assertThat(made("").getHeaders())
                    .containsEntry("CamelHh1KeySource", "BYOK")
                    .containsEntry("CamelHh1LogId", "log-1")
                    .containsEntry("CamelHh1RayId", "ray-1")
                    .containsEntry("CamelHh1CacheStatus", "HIT");
        }
    }

    @Nested
    class AVideoThatIsNotHere {
        @Test
        void isNotSaidToBeAnEarlierOne() {
            var ofAnEarlierOne = Map.of(
                    Hh1Constants.VIDEO_SHA256,
                    "aa",
                    Hh1Constants.VIDEO_WIDTH,
                    1,
                    Hh1Constants.VIDEO_HEIGHT,
                    1,
                    Hh1Constants.VIDEO_DURATION,
                    Duration.ofSeconds(1),
                    "CamelHh1VideoDurationMillis",
                    1000L);
            assertThat(made("", ofAnEarlierOne).getHeaders())
                    .doesNotContainKeys(ofAnEarlierOne.keySet().toArray(String[]::new));
        }
    }

    @Nested
    class TheCall {
        @Test
        void tellsItsModel() {
            Message message = made("model=alibaba/hh1-i2v");
            assertThat(message.getHeader("CamelHh1Model"))
                    .isEqualTo(lastRequest().model())
                    .isEqualTo("alibaba/hh1-i2v");
        }

        @Test
        void tellsOneAttempt() {
            assertThat(made("").getHeader("CamelHh1Attempts")).isEqualTo(1);
        }

        @Test
        void tellsTwoAttemptsAfterOneThrottle() {
            CAMEL.simulator().script(Reply.throttled());
            assertThat(made("").getHeader("CamelHh1Attempts")).isEqualTo(2);
            assertThat(CAMEL.posts()).isEqualTo(2);
        }

        @Test
        void tellsItsTimeAsALong() {
            assertThat(made("").getHeader("CamelHh1ElapsedMillis"))
                    .isInstanceOfSatisfying(
                            Long.class, millis -> assertThat(millis).isBetween(0L, TestContext.LIMIT.toMillis()));
        }

        @Test
        void tellsTheSecondsAskedForAsAnInteger() {
            assertThat(made("", Map.of("CamelHh1Duration", "4")).getHeader("CamelHh1Seconds"))
                    .isEqualTo(4);
        }

        @Test
        void tellsNoSecondsWhenNoneWereAskedFor() {
            assertThat(made("").getHeaders()).doesNotContainKey("CamelHh1Seconds");
        }

        @Test
        void hasARunIdThatFollowsTheRequestKey() {
            Object first = made("", Map.of("CamelHh1RequestKey", "one")).getHeader("CamelHh1RunId");
            assertThat(first).isInstanceOf(String.class).asString().isNotBlank();
            assertThat(made("", Map.of("CamelHh1RequestKey", "one")).getHeader("CamelHh1RunId"))
                    .isEqualTo(first);
            assertThat(made("", Map.of("CamelHh1RequestKey", "two")).getHeader("CamelHh1RunId"))
                    .isNotEqualTo(first);
        }
    }

    @Nested
    class TheFileName {
        @Test
        void isThatOfTheSourceFile() {
            assertThat(made("", Map.of(Exchange.FILE_NAME, "holiday/beach.JPG")).getHeader("CamelHh1VideoFileName"))
                    .isEqualTo("beach.mp4");
        }

        @Test
        void isThatOfTheLinkOtherwise() {
            assertThat(made("").getHeader("CamelHh1VideoFileName")).isEqualTo("sample.mp4");
        }

        @Test
        void isTheRequestKeyForWantOfAnother() {
            String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(Images.png());
            assertThat(made("", data, Map.of("CamelHh1RequestKey", "order-17")).getHeader("CamelHh1VideoFileName"))
                    .isEqualTo("order-17.mp4");
        }
    }

    @Nested
    class TheEndOfTheLink {
        @Test
        void isAnInstantFromItsSignature() {
            Message message = made("");
            String query = URI.create(message.getBody(String.class)).getQuery();
            assertThat(query).startsWith("Expires=");
            assertThat(message.getHeader("CamelHh1VideoExpiresAt"))
                    .isEqualTo(Instant.ofEpochSecond(Long.parseLong(query.substring("Expires=".length()))));
            assertThat(message.getHeader("CamelHh1VideoExpiresAtMillis"))
                    .isEqualTo(Long.parseLong(query.substring("Expires=".length())) * 1000);
        }

        @Test
        void isAbsentWhenTheLinkDoesNotSayIt() {
            CAMEL.simulator().script(Reply.completed("https://example.invalid/x.mp4"));
            Message message = made("");
            assertThat(message.getBody()).isEqualTo("https://example.invalid/x.mp4");
            assertThat(message.getHeaders())
                    .doesNotContainKeys("CamelHh1VideoExpiresAt", "CamelHh1VideoExpiresAtMillis");
        }
    }

    @Nested
    class HeadersThatAreThereAlready {
        @Test
        void stayWhenTheyAreNotOurs() {
            assertThat(made("", Map.of("OrderId", 17, "CamelHh1Prompt", "push in"))
                            .getHeaders())
                    .containsEntry("OrderId", 17)
                    .containsEntry("CamelHh1Prompt", "push in");
        }

        @Test
        void doNotSurviveFromAnEarlierCall() {
            CAMEL.simulator()
                    .script(Reply.json(
                            200, "{\"state\":\"Completed\",\"result\":{\"video\":\"https://example.invalid/x.mp4\"}}"));
            Message message = made(
                    "",
                    Map.of(
                            "CamelHh1KeySource",
                            "stale",
                            "CamelHh1VideoExpiresAt",
                            Instant.EPOCH,
                            "CamelHh1VideoExpiresAtMillis",
                            0L,
                            "CamelHh1Seconds",
                            15,
                            "CamelHh1State",
                            "stale",
                            "CamelHh1RunId",
                            "stale",
                            "CamelHh1VideoUrl",
                            "https://example.invalid/stale.mp4",
                            "CamelHh1Attempts",
                            99));
            assertThat(message.getHeaders())
                    .doesNotContainKeys(
                            "CamelHh1KeySource",
                            "CamelHh1VideoExpiresAt",
                            "CamelHh1VideoExpiresAtMillis",
                            "CamelHh1Seconds")
                    .containsEntry("CamelHh1State", "Completed")
                    .containsEntry("CamelHh1VideoUrl", "https://example.invalid/x.mp4")
                    .containsEntry("CamelHh1Attempts", 1);
            assertThat(message.getHeader("CamelHh1RunId")).isNotEqualTo("stale");
        }
    }
}
