package io.github.camelhh1.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it reached the simulator, as far as it came.
 *
 * @param number counts from 1, in order of arrival
 * @param headers by name, in any case
 * @param bodyBytes how much of the body arrived
 * @param complete whether all of it did
 * @param json the body, when it is a JSON object; inline image content is replaced by {@code sha256:} and its digest
 * @param billed whether it was charged so far
 * @param arrived when its head was read, by the simulator's clock
 */
public record ReceivedRequest(
        int number,
        String method,
        String path,
        Map<String, List<String>> headers,
        long bodyBytes,
        boolean complete,
        Map<String, Object> json,
        boolean billed,
        Instant arrived) {

    /** The first value of a header; {@code null} when it was not sent. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /** The field {@code model}; {@code null} when there is no such text. */
    public @Nullable String model() {
        return json.get("model") instanceof String model ? model : null;
    }

    /** The field {@code input}; empty when there is no such object. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> input() {
        return json.get("input") instanceof Map<?, ?> input ? (Map<String, Object>) input : Map.of();
    }

    /** The input's {@code image}, or the link of its first {@code media}; {@code null} when there is no such text. */
    public @Nullable String image() {
        if (input().get("media") instanceof List<?> media
                && !media.isEmpty()
                && media.get(0) instanceof Map<?, ?> first
                && first.get("url") instanceof String url) {
            return url;
        }
        return input().get("image") instanceof String image ? image : null;
    }

    /** The input's {@code prompt}; {@code null} when there is no such text. */
    public @Nullable String prompt() {
        return input().get("prompt") instanceof String prompt ? prompt : null;
    }
}
