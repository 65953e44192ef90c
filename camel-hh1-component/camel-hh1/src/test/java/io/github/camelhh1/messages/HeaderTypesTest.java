package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of other types than String, as brokers deliver them: Kafka's are bytes. */
class HeaderTypesTest {
    private static final byte[] NO_TEXT = {(byte) 0xc3, 0x28};

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SentMessage send(Map<String, ?> headers) {
        return CAMEL.send("", exchange -> {
            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    private static SentMessage operate(String operation, Object body, String header, Object value) {
        return CAMEL.sendTo("hh1:" + operation, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader(header, value);
        });
    }

    @Nested
    class Bytes {
        @ParameterizedTest
        @ValueSource(strings = {Hh1Constants.REQUEST_KEY, "JMSMessageID"})
        void identifyAMessage(String header) {
            for (int delivery = 1; delivery <= 2; delivery++) {
                send(Map.of(header, bytes("order-ä"))).video();
                send(Map.of(header, ByteBuffer.wrap(bytes("order-ä")))).video();
            }
            send(Map.of(header, "order-ä")).video();
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
            send(Map.of(header, bytes("order-b"))).video();
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }

        @ParameterizedTest
        @CsvSource({
            "CamelHh1Prompt, prompt, rain ä",
            "CamelHh1NegativePrompt, negative_prompt, snow",
            "CamelHh1Resolution, resolution, 720P",
            "CamelHh1Duration, duration, 5",
            "CamelHh1Seed, seed, 7",
            "CamelHh1Watermark, watermark, true"
        })
        void sayWhatIsAsked(String header, String field, String value) {
            for (int delivery = 1; delivery <= 2; delivery++) {
                SentMessage sent = send(Map.of(header, bytes(value), "JMSMessageID", "ID:1"));
                sent.video();
            }
            assertThat(CAMEL.posts()).isEqualTo(1);
            assertThat(CAMEL.simulator().requests().get(0).input().get(field)).hasToString(value);
            // The same as text is the same request.
            send(Map.of(header, value, "JMSMessageID", "ID:1")).video();
            assertThat(CAMEL.simulator().requests()).hasSize(1);
        }

        @Test
        void nameTheImage() {
            String image = CAMEL.simulator().sampleImageUrl();
            for (Object value : new Object[] {bytes(image), bytes(image), image}) {
                CAMEL.send("", exchange -> {
                            exchange.getMessage().setHeader(Hh1Constants.IMAGE, value);
                            exchange.getMessage().setHeader("JMSMessageID", "ID:1");
                        })
                        .video();
            }
            assertThat(CAMEL.simulator().requests()).singleElement().satisfies(request -> assertThat(request.input())
                    .containsEntry("image", image));
        }

        @Test
        void thatAreEmptySayNothing() {
            assertThat(CAMEL.received(send(Map.of(
                            Hh1Constants.PROMPT, new byte[0],
                            Hh1Constants.DURATION, bytes(" "),
                            Hh1Constants.IMAGE, new byte[0]))))
                    .containsOnlyKeys("image");
        }

        @Test
        void nameTheRunOfAnOperator() {
            CAMEL.simulator().script(Fault.closeAfterRequest(), Fault.closeAfterRequest());
            String runId = send(Map.of(Hh1Constants.REQUEST_KEY, "one"))
                    .failure(OutcomeUnknownException.class)
                    .runId();
            send(Map.of(Hh1Constants.REQUEST_KEY, "two")).failure(OutcomeUnknownException.class);
            String link = "https://videos.example/one.mp4";
            assertThat(operate("adopt", link, Hh1Constants.RUN_ID, bytes(runId)).video())
                    .isEqualTo(link);
            assertThat(operate("adopt", link, Hh1Constants.REQUEST_KEY, bytes("one"))
                            .video())
                    .isEqualTo(link);
            assertThat(operate("forget", null, Hh1Constants.REQUEST_KEY, bytes("two"))
                            .end()
                            .getException())
                    .isNull();
            assertThat(runs(Hh1Constants.RUN_STATE, bytes("forgotten"))).hasSize(1);
            assertThat(runs(Hh1Constants.RUN_LIMIT, bytes("1"))).hasSize(1);
            assertThat(runs(Hh1Constants.RUN_OFFSET, bytes("2"))).isEmpty();
        }

        private List<?> runs(String header, Object value) {
            Exchange listed = operate("runs", null, header, value).end();
            assertThat(listed.getException()).isNull();
            return listed.getMessage().getBody(List.class);
        }

        @Test
        void nameTheVideoToDownload() {
            CAMEL.options(options -> options.setAllowPrivateHosts(true));
            String link = send(Map.of()).video();
            Exchange downloaded = CAMEL.sendTo("hh1:download", exchange -> {
                        exchange.getMessage().setHeader(Hh1Constants.VIDEO_URL, bytes(link));
                        exchange.getMessage().setHeader(Hh1Constants.VIDEO_FILE_NAME, bytes("mine.mp4"));
                    })
                    .end();
            assertThat(downloaded.getException()).isNull();
            assertThat(downloaded.getMessage().getHeader(Hh1Constants.VIDEO_FILE_NAME))
                    .isEqualTo("mine.mp4");
        }
    }

    @Nested
    class ValuesWithATextOfTheirOwn {
        @Test
        void areTakenAsThatText() {
            assertThat(CAMEL.received(send(Map.of(
                            Hh1Constants.IMAGE,
                            URI.create(CAMEL.simulator().sampleImageUrl()),
                            Hh1Constants.PROMPT,
                            7,
                            Hh1Constants.DURATION,
                            new StringBuilder("5")))))
                    .containsEntry("image", CAMEL.simulator().sampleImageUrl())
                    .containsEntry("prompt", "7")
                    .containsEntry("duration", 5);
        }
    }

    @Nested
    class WhatIsNoText {
        private static void isRefused(String header, Object value, String type) {
            var failure = CAMEL.refused("", CAMEL.simulator().sampleImageUrl(), Map.of(header, value));
            assertThat(failure.violations())
                    .singleElement()
                    .asString()
                    .contains("the header " + header + " holds", type, "give a String");
            assertThat(CAMEL.posts()).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CamelHh1Image",
                    "CamelHh1Prompt",
                    "CamelHh1NegativePrompt",
                    "CamelHh1Resolution",
                    "CamelHh1Duration",
                    "CamelHh1Seed",
                    "CamelHh1Watermark",
                    "CamelHh1RequestKey"
                })
        void isRefusedByHeaderAndType(String header) {
            isRefused(header, new Object(), "java.lang.Object");
            isRefused(header, new int[] {1}, "int[]");
            isRefused(header, List.of("a", "b"), "List");
            isRefused(header, new ByteArrayInputStream(new byte[] {65}), "java.io.ByteArrayInputStream");
            isRefused(header, NO_TEXT, "2 bytes that are no UTF-8 text");
        }

        @ParameterizedTest
        @CsvSource({
            "adopt, CamelHh1RunId",
            "adopt, CamelHh1RequestKey",
            "forget, CamelHh1RunId",
            "forget, CamelHh1RequestKey",
            "runs, CamelHh1RunState",
            "runs, CamelHh1RunLimit",
            "runs, CamelHh1RunOffset",
            "runs, CamelHh1RunAccount",
            "runs, CamelHh1RunName",
            "runs, CamelHh1RunSince",
            "download, CamelHh1VideoUrl"
        })
        void isRefusedByTheOperatorsToo(String operation, String header) {
            String body = operation.equals("adopt") ? "https://videos.example/one.mp4" : null;
            for (Object value : new Object[] {new Object(), NO_TEXT}) {
                var failure = operate(operation, body, header, value).failure(InvalidRequestException.class);
                assertThat(failure)
                        .hasMessageContaining("the header " + header + " holds")
                        .hasMessageContaining(value == NO_TEXT ? "no UTF-8 text" : "java.lang.Object")
                        .hasMessageContaining("give a String");
            }
        }

        @Test
        void isNoUpstreamIdEither() {
            send(Map.of("JMSMessageID", new Object())).video();
            send(Map.of("JMSMessageID", new Object())).video();
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }
    }
}
