package io.github.camelhh1.simulator.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The published input schema, to the letter: no other field, no other type, no value outside its range. */
public final class SchemaCheck {
    private static final String FIRST_MODEL = "alibaba/hh1-i2v";

    /** Model ids, and the shortest video each makes. */
    private static final Map<String, Integer> MODELS =
            Map.of(FIRST_MODEL, 3, "alibaba/hh1.1-i2v", 3, "alibaba/wan-2.7-i2v", 2);

    private static final int LONGEST_SECONDS = 15;
    private static final Set<String> RESOLUTIONS = Set.of("720P", "1080P");

    private final List<String> problems = new ArrayList<>();

    private SchemaCheck() {}

    /** The first fault of a run request's body; {@code null} when there is none. */
    public static @Nullable Refusal check(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            return Refusal.input("Invalid input: the body is not a JSON object");
        }
        JsonNode model = body.path("model");
        if (!model.isTextual()) {
            return Refusal.input("Invalid input: model: required, a string");
        }
        Integer shortest = MODELS.get(model.textValue());
        if (shortest == null) {
            return new Refusal(404, 7003, "No such model: " + model.textValue());
        }
        if (!body.path("input").isObject()) {
            return Refusal.input("Invalid input: input: required, an object");
        }
        SchemaCheck check = new SchemaCheck();
        check.input(body.path("input"), shortest);
        return check.problems.isEmpty() ? null : Refusal.input("Invalid input: " + String.join("; ", check.problems));
    }

    private void input(JsonNode input, int shortestSeconds) {
        if (!input.has("image")) {
            problems.add("image: required");
        }
        input.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            switch (name) {
                case "image" -> require(name, isImageUri(value), "must be an http(s) or data:image/ URI");
                case "prompt", "negative_prompt" -> require(name, value.isTextual(), "must be a string");
                case "resolution" ->
                    require(
                            name,
                            value.isTextual() && RESOLUTIONS.contains(value.textValue()),
                            "must be 720P or 1080P");
                case "duration" ->
                    require(
                            name,
                            isInteger(value, shortestSeconds, LONGEST_SECONDS),
                            "must be an integer from " + shortestSeconds + " to " + LONGEST_SECONDS);
                case "seed" ->
                    require(name, isInteger(value, 0, Integer.MAX_VALUE), "must be an integer from 0 to 2147483647");
                case "watermark" -> require(name, value.isBoolean(), "must be a boolean");
                default -> problems.add(name + ": additional properties are not allowed");
            }
        });
    }

    private void require(String field, boolean holds, String rule) {
        if (!holds) {
            problems.add(field + ": " + rule);
        }
    }

    private static boolean isImageUri(JsonNode value) {
        String text = value.isTextual() ? value.textValue().toLowerCase(Locale.ROOT) : "";
        return text.startsWith("http://") || text.startsWith("https://") || text.startsWith("data:image/");
    }

    private static boolean isInteger(JsonNode value, long least, long most) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most;
    }
}
