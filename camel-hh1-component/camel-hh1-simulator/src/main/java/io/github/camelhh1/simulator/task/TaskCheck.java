package io.github.camelhh1.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The documented body of a creation, to the letter: no other field, no other type, no value outside its range. */
public final class TaskCheck {
    private static final Set<String> RESOLUTIONS = Set.of("720P", "1080P");

    private final List<String> problems = new ArrayList<>();

    private TaskCheck() {}

    /**
     * The first fault of a creation's body; {@code null} when there is none.
     *
     * @param models those that the region has
     */
    public static @Nullable Refused check(@Nullable JsonNode body, Set<String> models) {
        if (body == null || !body.isObject()) {
            return Refused.parameter("Required body invalid, please check the request body format.");
        }
        if (!body.path("model").isTextual()) {
            return Refused.parameter(
                    "Required parameter(model) missing or invalid, please check the request parameters.");
        }
        if (!models.contains(body.path("model").textValue())) {
            return Refused.parameter("Model not exist.");
        }
        TaskCheck check = new TaskCheck();
        check.body(body);
        return check.problems.isEmpty() ? null : Refused.parameter(String.join("; ", check.problems));
    }

    private void body(JsonNode body) {
        object("", body, Set.of("model", "input", "parameters"));
        object("input.", body.path("input"), Set.of("prompt", "media"));
        JsonNode input = body.path("input");
        optional("input.prompt", input, JsonNode::isTextual, "must be a string");
        media(input.path("media"));
        JsonNode parameters = body.path("parameters");
        if (body.has("parameters")) {
            object("parameters.", parameters, Set.of("resolution", "duration", "watermark", "seed"));
        }
        optional(
                "parameters.resolution",
                parameters,
                value -> value.isTextual() && RESOLUTIONS.contains(value.textValue()),
                "must be 720P or 1080P");
        optional(
                "parameters.duration", parameters, value -> isInteger(value, 3, 15), "must be an integer from 3 to 15");
        optional("parameters.watermark", parameters, JsonNode::isBoolean, "must be a boolean");
        optional(
                "parameters.seed",
                parameters,
                value -> isInteger(value, 0, Integer.MAX_VALUE),
                "must be an integer from 0 to 2147483647");
    }

    private void media(JsonNode media) {
        if (!media.isArray() || media.size() != 1) {
            problems.add("input.media: exactly one element of the type first_frame is required");
            return;
        }
        JsonNode frame = media.get(0);
        object("input.media[0].", frame, Set.of("type", "url"));
        if (!"first_frame".equals(frame.path("type").textValue())) {
            problems.add("input.media[0].type: must be first_frame");
        }
        String url = frame.path("url").asText().toLowerCase(Locale.ROOT);
        if (!frame.path("url").isTextual() || !url.matches("(?s)(https?://|data:image/).*")) {
            problems.add("input.media[0].url: must be an http(s) or data:image/ URI");
        }
    }

    private void object(String path, JsonNode value, Set<String> names) {
        if (!value.isObject()) {
            problems.add(path.substring(0, path.length() - 1) + ": required, an object");
            return;
        }
        value.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.add(path + name + ": no such field");
            }
        });
    }

    private void optional(String path, JsonNode parent, Predicate<JsonNode> rule, String text) {
        String name = path.substring(path.indexOf('.') + 1);
        if (parent.has(name) && !rule.test(parent.path(name))) {
            problems.add(path + ": " + text);
        }
    }

    private static boolean isInteger(JsonNode value, long least, long most) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most;
    }
}
