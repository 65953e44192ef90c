package io.github.camelhh1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelhh1.text.CleanText;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Bodies that are JSON objects with the model's own field names. */
final class JsonFields {
    /** Room for an image as data URI, and no more. */
    private static final int LONGEST_TEXT = 32 << 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .maxStringLength(LONGEST_TEXT)
                            .maxDocumentLength(LONGEST_TEXT)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFields() {}

    static void read(String json, RawFields into) {
        try {
            // The caller saw the opening brace.
            if (JSON.readTree(json) instanceof ObjectNode object) {
                read(object, into);
            }
        } catch (JsonProcessingException e) {
            into.violation(
                    "body",
                    "it starts as a JSON object and is not one (" + CleanText.of(e.getOriginalMessage())
                            + position(e)
                            + "); mend it, or send plain text as prompt");
        }
    }

    private static String position(JsonProcessingException e) {
        var where = e.getLocation();
        return where == null ? "" : ", line " + where.getLineNr() + " column " + where.getColumnNr();
    }

    static void read(ObjectNode object, RawFields into) {
        object.properties().forEach(field -> put(field.getKey(), field.getValue(), into));
    }

    static void read(Map<?, ?> map, RawFields into) {
        map.forEach((name, value) -> put(String.valueOf(name), value, into));
    }

    private static void put(String name, @Nullable Object value, RawFields into) {
        if (!RawFields.NAMES.contains(name)) {
            into.violation(
                    CleanText.of(name),
                    "is no field of the model; known are " + new TreeSet<>(RawFields.NAMES) + ": mend or remove it");
        } else {
            into.put(name, value instanceof JsonNode node ? plain(node) : value, "the body");
        }
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        } else if (node.isTextual()) {
            return node.textValue();
        } else if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isIntegralNumber() ? node.bigIntegerValue() : node;
    }
}
