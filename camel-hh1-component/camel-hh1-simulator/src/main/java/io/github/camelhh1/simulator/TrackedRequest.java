package io.github.camelhh1.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelhh1.simulator.wire.Head;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as far as it has come; written on the loop's thread, looked at by tests. */
final class TrackedRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Presumed, from the provider's documentation of its own API. */
    private static final int DEFAULT_SECONDS = 5;

    private static final String DEFAULT_RESOLUTION = "1080P";

    private final int number;
    private final Head head;
    private final Instant arrived;
    private volatile long bodyBytes;
    private volatile boolean complete;
    private volatile boolean billed;
    private volatile @Nullable JsonNode json;

    TrackedRequest(int number, Head head, Instant arrived) {
        this.number = number;
        this.head = head;
        this.arrived = arrived;
    }

    int number() {
        return number;
    }

    Head head() {
        return head;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    @Nullable
    JsonNode json() {
        return json;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void grew(int bytes) {
        bodyBytes += bytes;
    }

    void completed(String body) {
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            json = null;
        }
        complete = true;
    }

    String image() {
        JsonNode media = input().path("media").path(0).path("url");
        return media.asText(input().path("image").asText());
    }

    @Nullable
    String prompt() {
        return input().path("prompt").textValue();
    }

    int seconds() {
        return parameters().path("duration").asInt(DEFAULT_SECONDS);
    }

    Charge charge() {
        String resolution = parameters().path("resolution").asText(DEFAULT_RESOLUTION);
        return new Charge(number, body().path("model").asText(), image(), prompt(), resolution, seconds());
    }

    void billed() {
        billed = true;
    }

    private JsonNode input() {
        return body().path("input");
    }

    /** Only Model Studio separates them from the input. */
    private JsonNode parameters() {
        return input().has("media") ? body().path("parameters") : input();
    }

    private JsonNode body() {
        JsonNode body = json;
        return body == null ? MissingNode.getInstance() : body;
    }

    ReceivedRequest received() {
        JsonNode body = json;
        Map<String, Object> fields = body == null || !body.isObject()
                ? Map.of()
                : JSON.convertValue(body, new TypeReference<Map<String, Object>>() {});
        return new ReceivedRequest(
                number, head.method(), head.target(), head.headers(), bodyBytes, complete, fields, billed, arrived);
    }
}
