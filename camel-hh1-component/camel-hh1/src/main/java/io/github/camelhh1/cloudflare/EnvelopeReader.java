package io.github.camelhh1.cloudflare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelhh1.cloudflare.FailureTable.Meaning;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.http.HttpResult.Answer;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.service.Answers;
import io.github.camelhh1.text.CleanText;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer in either envelope, the gateway's own and the same within Cloudflare's v4 envelope, and every shape of
 * failure. An answer that cannot be read is unknown, and most likely paid.
 */
final class EnvelopeReader {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .maxStringLength(Answers.MAX_BYTES)
                            .maxDocumentLength(Answers.MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final InstantSource clock;

    EnvelopeReader(InstantSource clock) {
        this.clock = clock;
    }

    Outcome read(Answer answer, String key) {
        Trace trace = trace(answer, key);
        String text = String.valueOf(trace.answer());
        JsonNode json = parse(text);
        boolean refused =
                json.path("success").isBoolean() && !json.path("success").booleanValue();
        if (answer.status() / 100 != 2 || refused) {
            return failure(answer, json, text, trace);
        }
        return json.isObject()
                ? success(json, trace)
                : new Outcome.Unknown("the answer could not be read: " + CleanText.of(text), null, trace);
    }

    /** The ids and the text of an answer; the key is hidden wherever the service echoes it. */
    static Trace trace(Answer answer, String key) {
        return new Trace(
                1,
                new CallIds(answer.status(), null, header(answer, "cf-aig-log-id", key), header(answer, "cf-ray", key)),
                header(answer, "cf-aig-cache-status", key),
                answer.text().replace(key, "***"),
                null);
    }

    private static @Nullable String header(Answer answer, String name, String key) {
        String value = answer.header(name);
        return value == null ? null : CleanText.of(value.replace(key, "***"));
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Without the v4 envelope, if there is one. */
    private static JsonNode unwrapped(JsonNode json) {
        JsonNode result = json.path("result");
        return result.has("result") || result.has("state") ? result : json;
    }

    private static Outcome success(JsonNode json, Trace trace) {
        JsonNode inner = unwrapped(json);
        String state = inner.path("state").asText("");
        if (state.equalsIgnoreCase("Failed")) {
            return failedState(inner, trace);
        }
        String video = inner.path("result").path("video").textValue();
        if (video == null || video.isBlank()) {
            return new Outcome.Unknown(
                    "the answer names no video (state \"" + CleanText.of(state) + "\")", null, trace);
        }
        String keySource = inner.path("gatewayMetadata").path("keySource").textValue();
        return Answers.video(video, state, keySource, trace);
    }

    /** Whether it is billed is documented nowhere. */
    private static Outcome failedState(JsonNode json, Trace trace) {
        FoundError error = FoundError.in(json, "");
        return new Outcome.Failed(error.describe(), trace.code(error.code()));
    }

    private Outcome failure(Answer answer, JsonNode json, String text, Trace trace) {
        JsonNode inner = unwrapped(json);
        if (answer.status() < 500 && inner.path("state").asText("").equalsIgnoreCase("Failed")) {
            return failedState(inner, trace);
        }
        FoundError error = FoundError.in(json, text);
        String reason = "HTTP status " + answer.status() + ": " + error.describe();
        Trace found = trace.code(error.code());
        Meaning meaning = FailureTable.meaning(answer.status(), error.code(), error.message());
        if (meaning == Meaning.THROTTLED) {
            return new Outcome.Throttled(reason, Answers.retryAfter(answer.header("Retry-After"), clock), found);
        } else if (meaning == Meaning.REJECTED || meaning == Meaning.ACCOUNT_REJECTED) {
            return new Outcome.Rejected(reason, meaning == Meaning.ACCOUNT_REJECTED, found);
        }
        return meaning == Meaning.FAILED ? new Outcome.Failed(reason, found) : new Outcome.Unknown(reason, null, found);
    }
}
