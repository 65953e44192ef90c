package io.github.camelhh1.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelhh1.text.CleanText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are JSON objects with the model's own field names. Text is read token by token and never made into a tree,
 * so that what is no request costs no more than its own length.
 */
final class JsonFields {
    /** Room for an image as data URI, and no more. */
    private static final int LONGEST_TEXT = 32 << 20;
    /** A request has fewer than twenty. */
    private static final int MOST_TOKENS = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .maxStringLength(LONGEST_TEXT)
                    .maxDocumentLength(LONGEST_TEXT)
                    .build())
            // Names of strangers are not worth remembering.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /** What no field takes, as a message shows it. */
    private record JsonValue(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private final JsonParser parser;
    private int tokens;

    private JsonFields(JsonParser parser) {
        this.parser = parser;
    }

    /** @param json begins with a brace */
    static void read(String json, RequestFields into) {
        try (JsonParser parser = JSON.createParser(json)) {
            read(new JsonFields(parser).fields(), into);
        } catch (StreamReadException e) {
            notAnObject(e.getOriginalMessage() + position(e), into);
        } catch (IOException e) {
            notAnObject(String.valueOf(e.getMessage()), into);
        }
    }

    private static void notAnObject(String reason, RequestFields into) {
        into.violation(
                "body",
                "it starts as a JSON object and is not one (" + CleanText.of(reason)
                        + "); mend it, or send plain text as prompt");
    }

    private static String position(StreamReadException e) {
        var where = e.getLocation();
        return where == null ? "" : ", line " + where.getLineNr() + " column " + where.getColumnNr();
    }

    /** All of them, or none when the text is not whole. */
    private Map<String, @Nullable Object> fields() throws IOException {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        next();
        while (next() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            next();
            if (fields.containsKey(name)) {
                throw new JsonParseException(parser, "it has the field " + CleanText.of(name) + " twice");
            }
            fields.put(name, value());
        }
        if (next() != null) {
            throw new JsonParseException(parser, "something follows its end");
        }
        return fields;
    }

    private @Nullable JsonToken next() throws IOException {
        if (++tokens > MOST_TOKENS) {
            throw new JsonParseException(parser, "it holds more than " + MOST_TOKENS + " names and values");
        }
        return parser.nextToken();
    }

    private @Nullable Object value() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case START_OBJECT, START_ARRAY -> skipped();
            default -> new JsonValue(parser.getText());
        };
    }

    /** An object or an array, read over. */
    private JsonValue skipped() throws IOException {
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        for (int open = 1; open > 0; ) {
            JsonToken token = next();
            if (token == null) {
                throw new JsonParseException(parser, "it ends too soon");
            }
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return new JsonValue(array ? "[…]" : "{…}");
    }

    static void read(ObjectNode object, RequestFields into) {
        object.properties().forEach(field -> put(field.getKey(), plain(field.getValue()), into));
    }

    static void read(Map<?, ?> map, RequestFields into) {
        map.forEach(
                (name, value) -> put(String.valueOf(name), value instanceof JsonNode node ? plain(node) : value, into));
    }

    private static void put(String name, @Nullable Object value, RequestFields into) {
        if (!RequestFields.NAMES.contains(name)) {
            into.violation(
                    CleanText.of(name),
                    "is no field of the model; known are " + new TreeSet<>(RequestFields.NAMES)
                            + ": mend or remove it");
        } else {
            into.put(name, value, "the body");
        }
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        } else if (node.isTextual()) {
            return node.textValue();
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isContainerNode()) {
            return new JsonValue(node.isArray() ? "[…]" : "{…}");
        }
        return node.isIntegralNumber() ? node.bigIntegerValue() : new JsonValue(node.asText());
    }
}
