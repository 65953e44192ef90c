package io.github.camelhh1.examples.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The words of JSON Schema that the committed schemas use; any other word in them is an error. */
final class Schema {
    private static final List<String> WORDS = List.of(
            "description",
            "type",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "enum",
            "minimum",
            "maximum",
            "rules",
            "$ref");

    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    private Schema(JsonNode root) {
        this.root = root;
    }

    /** The violations of the schema, each with its place; empty if there are none. */
    static List<String> problems(JsonNode schema, JsonNode document) {
        Schema all = new Schema(schema);
        all.check(schema, document, "");
        return all.problems;
    }

    private void check(JsonNode schema, JsonNode value, String place) {
        if (schema.has("$ref")) {
            check(root.path(schema.path("$ref").asText()), value, place);
            return;
        }
        schema.fieldNames().forEachRemaining(word -> require(WORDS.contains(word), place, "unknown word " + word));
        require(isOfType(schema.path("type").asText(), value), place, value + " is no " + schema.path("type"));
        if (schema.has("enum")) {
            List<JsonNode> allowed = new ArrayList<>();
            schema.path("enum").forEach(allowed::add);
            require(allowed.contains(value), place, value + " is none of " + allowed);
        }
        double number = value.asDouble();
        require(!schema.has("minimum") || number >= schema.path("minimum").asDouble(), place, value + " is too small");
        require(!schema.has("maximum") || number <= schema.path("maximum").asDouble(), place, value + " is too large");
        schema.path("required")
                .forEach(name -> require(value.has(name.asText()), place, name.asText() + " is missing"));
        value.properties().forEach(field -> field(schema, field.getKey(), field.getValue(), place));
        if (value.isArray()) {
            value.forEach(item -> check(schema.path("items"), item, place + "[]"));
        }
    }

    private void field(JsonNode schema, String name, JsonNode value, String place) {
        JsonNode known = schema.path("properties").path(name);
        JsonNode others = schema.path("additionalProperties");
        if (!known.isMissingNode()) {
            check(known, value, place + "/" + name);
        } else if (others.isObject()) {
            check(others, value, place + "/" + name);
        } else {
            require(false, place, name + " is unknown");
        }
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
    }

    private void require(boolean kept, String place, String problem) {
        if (!kept) {
            problems.add(place + ": " + problem);
        }
    }
}
