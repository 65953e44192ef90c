package io.github.camelhh1.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.Fuzz;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.http.HttpResult.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every answer of the service becomes one outcome. Only an answer with a link completes. */
class AnswerFuzzTest {
    private static final int INPUTS = Fuzz.inputs(5_000);
    private static final String KEY = "canary-key";
    private static final InstantSource CLOCK = () -> Instant.parse("2030-01-01T00:00:00Z");
    private static final int[] STATUSES = {
        200, 200, 200, 201, 302, 400, 401, 402, 403, 404, 408, 409, 424, 429, 500, 524
    };

    private static final String[] ANSWERS = {
        "{\"state\":\"Completed\",\"result\":{\"video\":\"https://v.example/1.mp4\"},"
                + "\"gatewayMetadata\":{\"keySource\":\"BYOK\"}}",
        "{\"result\":{\"state\":\"Completed\",\"result\":{\"video\":\"https://v.example/1.mp4?sig=x\"}},"
                + "\"success\":true,\"errors\":[],\"messages\":[]}",
        "{\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"no such model\"}]}",
        "{\"success\":false,\"error\":[{\"code\":2021,\"message\":\"Wholesale rate limit\"}],\"internalCode\":2021}",
        "{\"state\":\"Failed\",\"error\":{\"code\":\"provider_unavailable\",\"message\":\"later\"}}",
        "2003: rate limited",
        "<html><title>524</title></html>",
        ""
    };

    private static final String[] HURTING = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "-0",
        "1e999999",
        "\\u0000",
        "\\ud800",
        "\"state\":",
        "\"Completed\"",
        "\"success\":false",
        "\"errors\":{}",
        "\"code\":\"\"",
        "\"video\":7",
        KEY,
        "\r\n",
        "[[[[[[[["
    };

    private static final String[] DELAYS = {
        "5", "3600", "Wed, 21 Oct 2026 07:28:00 GMT", "Fri, 01 Jan 2038 00:00:00 GMT", "-1", ""
    };

    private enum Ending {
        COMPLETED,
        REJECTED,
        FAILED,
        THROTTLED,
        UNKNOWN
    }

    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);

    @Test
    void becomesOneOutcome() {
        Fuzz.every(INPUTS, this::read);
        System.out.println("Answers: " + INPUTS + " inputs: " + endings + ", nothing else");
        if (INPUTS >= 1_000) {
            assertThat(endings).containsOnlyKeys(Ending.values());
            assertThat(endings.values()).allMatch(count -> count > INPUTS / 100);
        }
    }

    private void read(Random random) {
        String text = Fuzz.mutated(ANSWERS[random.nextInt(ANSWERS.length)], random, HURTING);
        var headers = new HashMap<String, String>();
        headers.put(
                "retry-after", Fuzz.mutated(DELAYS[random.nextInt(DELAYS.length)], random, "9", " ", "GMT", "\u0669"));
        headers.put("cf-ray", Fuzz.mutated("8f0c1d2e3f4a5b6c-FRA", random, "\r\n", KEY, "\u202e"));
        var answer = new Answer(STATUSES[random.nextInt(STATUSES.length)], headers, text);

        Outcome outcome = new EnvelopeReader(CLOCK).read(answer, KEY);

        endings.merge(ending(outcome), 1, Integer::sum);
    }

    private static Ending ending(Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) {
            assertThat(completed.completion().videoUrl()).startsWithIgnoringCase("http");
            return Ending.COMPLETED;
        } else if (outcome instanceof Outcome.Rejected rejected) {
            assertHarmless(rejected.reason());
            return Ending.REJECTED;
        } else if (outcome instanceof Outcome.Failed failed) {
            assertHarmless(failed.reason());
            return Ending.FAILED;
        } else if (outcome instanceof Outcome.Throttled throttled) {
            assertHarmless(throttled.reason());
            Duration delay = throttled.retryAfter();
            assertThat(delay == null || !(delay.isNegative() || delay.toDays() > 365))
                    .isTrue();
            return Ending.THROTTLED;
        }
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertHarmless(((Outcome.Unknown) outcome).reason());
        return Ending.UNKNOWN;
    }

    private static void assertHarmless(String reason) {
        assertThat(reason).doesNotContain(KEY, "\n", "\r", "\u202e").hasSizeLessThan(1_200);
    }
}
