package io.github.camelhh1.threats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.text.LogPayloads;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fifty payloads by way of the message and of the service: exceptions show one harmless line, and not too much of it. */
class LogInjectionTest {
    private static final int OUR_OWN_WORDS = 500;

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static void isHarmless(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage()))
                    .matches(LogPayloads::harmless, "one harmless line")
                    .hasSizeLessThanOrEqualTo(500 + OUR_OWN_WORDS);
            if (cause instanceof HttpOperationFailedException http) {
                assertThat(String.valueOf(http.getResponseBody()))
                        .matches(LogPayloads::harmless)
                        .hasSizeLessThan(502);
                assertThat(http.getResponseHeaders().values()).allMatch(LogPayloads::harmless);
            }
            Stream.of(cause.getSuppressed()).forEach(LogInjectionTest::isHarmless);
        }
    }

    private static String json(String text) {
        try {
            return new ObjectMapper().writeValueAsString(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void byTheServicesText() {
        for (String payload : LogPayloads.ALL) {
            String text = payload + "x".repeat(3_000);
            List<Reply> replies = List.of(
                    Reply.json(400, "{\"errors\":[{\"code\":7003,\"message\":" + json(text) + "}]}"),
                    Reply.json(400, "{\"errors\":[{\"code\":" + json(text) + ",\"message\":" + json(text) + "}]}"),
                    Reply.json(
                            200,
                            "{\"state\":\"Failed\",\"error\":{\"code\":" + json(payload) + ",\"message\":" + json(text)
                                    + "}}"),
                    Reply.json(200, "{\"state\":" + json(text) + "}"),
                    Reply.bytes(500, "text/plain", text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            for (Reply reply : replies) {
                CAMEL.simulator().script(reply);
                isHarmless(CAMEL.send("maxAttempts=1").end().getException());
            }
        }
    }

    @Test
    void byTheMessage() {
        for (String payload : LogPayloads.ALL) {
            String text = payload + "x".repeat(3_000);
            for (Map<String, Object> body : List.<Map<String, Object>>of(
                    Map.of("image", text),
                    Map.of("image", "http://x/1", "duration", text),
                    Map.of("image", "http://x/1", "resolution", text),
                    Map.of("image", "http://x/1", "watermark", text),
                    Map.of(payload + ".", 1))) {
                Exception failure = CAMEL.send(
                                "", exchange -> exchange.getMessage().setBody(body))
                        .end()
                        .getException();

                assertThat(failure).isInstanceOf(Hh1Exception.class);
                isHarmless(failure);
            }
            for (String prompt : List.of("{" + text, "ftp://" + text, "data:" + text)) {
                isHarmless(CAMEL.send("", exchange -> exchange.getMessage().setBody(prompt))
                        .end()
                        .getException());
            }
        }
        assertThat(CAMEL.posts()).isZero();
    }

    @Test
    void byTheNameOfAFile() {
        for (String payload : LogPayloads.ALL) {
            isHarmless(CAMEL.send("inlineImages=true", exchange -> {
                        exchange.getMessage().setBody(new byte[0]);
                        exchange.getMessage().setHeader("CamelFileName", payload + "x".repeat(3_000));
                    })
                    .end()
                    .getException());
        }
    }

    @Test
    void aPromptStaysOutOfEveryException() {
        CAMEL.simulator().script(Reply.html(500));

        var failure = CAMEL.send("", exchange -> {
            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
            exchange.getMessage().setHeader("CamelHh1Prompt", "a private wish");
        });

        failure.failure(OutcomeUnknownException.class);
        assertThat(failure.everythingSaid()).isNotEmpty().doesNotContain("a private wish");
    }
}
