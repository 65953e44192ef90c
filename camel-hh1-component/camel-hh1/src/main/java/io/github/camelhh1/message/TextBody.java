package io.github.camelhh1.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.text.CleanText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/**
 * Reads text and fields: a link, a request with the model's own field names, or a prompt. A local path, or an image as
 * text, is refused. JSON is read token by token and never made into a tree, so that text which is no request costs no
 * more than its own length.
 */
final class TextBody {
    private static final Pattern OTHER_SCHEME =
            Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*://|data:|file:).*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME =
            Pattern.compile("\\S+\\.(?:jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif)", Pattern.CASE_INSENSITIVE);
    /** The alphabets of RFC 4648, sections 4 and 5. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");
    /** No word of a prompt is as long, and no image is shorter. */
    private static final int SHORTEST_BASE64 = 200;

    /** So many bytes are looked at; a request does not begin with more white space. */
    private static final int START = 64;

    /** Room for an image as data URI. */
    private static final int LONGEST = 32 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .maxStringLength(LONGEST)
                    .maxDocumentLength(LONGEST)
                    // A request has fewer than twenty.
                    .maxTokenCount(10_000)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Field names from a message are not cached.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String SOURCE = "the body";
    private static final String INSTEAD = "send the file (java.io.File or Path), its content (byte[] or a stream), or a"
            + " link to it; a prompt that reads so goes into the header " + Hh1Constants.PROMPT;

    /** A JSON value that no field takes, as a message shows it. */
    private record JsonValue(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private TextBody() {}

    /** Whether a body of bytes that can be read again begins like a request or a link; false for any other body. */
    static boolean begins(Object body) throws IOException {
        byte[] start = start(body, START);
        return start != null && beginsSo(start);
    }

    /** At most so many bytes of a body that can be read again; null of any other. */
    static byte @Nullable [] start(Object body, int most) throws IOException {
        if (body instanceof byte[] bytes) {
            return Arrays.copyOf(bytes, Math.min(most, bytes.length));
        } else if (body instanceof ByteBuffer buffer) {
            byte[] start = new byte[Math.min(most, buffer.remaining())];
            buffer.duplicate().get(start);
            return start;
        } else if (body instanceof StreamCache cache && body instanceof InputStream in) {
            cache.reset();
            byte[] start = in.readNBytes(most);
            cache.reset();
            return start;
        }
        return null;
    }

    /** The text of bytes that begin like a request or a link; null for any others. */
    static @Nullable String in(ImageContent content) throws IOException {
        if (content.length() > LONGEST) {
            return null;
        }
        try (InputStream in = content.open()) {
            if (!beginsSo(in.readNBytes(START))) {
                return null;
            }
        }
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static boolean beginsSo(byte[] start) {
        String text = new String(start, UTF_8);
        String begin = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).stripLeading();
        return begin.startsWith("{")
                || begin.regionMatches(true, 0, "http://", 0, 7)
                || begin.regionMatches(true, 0, "https://", 0, 8);
    }

    static void read(String body, RequestFields fields) {
        String text = body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body;
        String stripped = text.strip();
        if (isImageLink(stripped)) {
            fields.put("image", stripped, SOURCE);
        } else if (stripped.startsWith("{")) {
            readJson(stripped, fields);
        } else if (OTHER_SCHEME.matcher(stripped).matches()) {
            fields.violation("body", otherScheme(stripped));
        } else if (FILE_NAME.matcher(stripped).matches()) {
            fields.violation("body", RequestRules.shape(stripped) + " is the name of a file, not a prompt; " + INSTEAD);
        } else if (stripped.length() >= SHORTEST_BASE64
                && BASE64.matcher(stripped).matches()) {
            fields.violation(
                    "body",
                    stripped.length() + " characters of Base64 are no prompt; decode them and send a byte[], or put"
                            + " data:image/…;base64, in front");
        } else {
            fields.put("prompt", text, SOURCE);
        }
    }

    /** Reads a {@code URI} or a {@code URL}, which is never a prompt. */
    static void readLink(Object link, RequestFields fields) {
        String text = link.toString();
        if (isImageLink(text)) {
            fields.put("image", text, SOURCE);
        } else {
            fields.violation("body", "the " + link.getClass().getSimpleName() + " " + otherScheme(text));
        }
    }

    private static boolean isImageLink(String text) {
        String start = text.substring(0, Math.min(11, text.length())).toLowerCase(Locale.ROOT);
        return start.startsWith("http://") || start.startsWith("https://") || start.startsWith("data:image/");
    }

    private static String otherScheme(String link) {
        return RequestRules.shape(link) + " is a link of a kind that the service does not fetch;"
                + " only http://, https:// and data:image/ are: " + INSTEAD;
    }

    /** All fields, or none when the text is not whole. */
    private static void readJson(String json, RequestFields into) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something follows its end");
            }
            readFields(fields, into);
        } catch (StreamReadException e) {
            var where = e.getLocation();
            String position = where == null ? "" : ", line " + where.getLineNr() + " column " + where.getColumnNr();
            notAnObject(e.getOriginalMessage() + position, into);
        } catch (IOException e) {
            notAnObject(String.valueOf(e.getMessage()), into);
        }
    }

    private static void notAnObject(String reason, RequestFields into) {
        into.violation(
                "body",
                "it starts as a JSON object and is not one (" + CleanText.of(reason)
                        + "); correct it, or send plain text as prompt");
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case START_OBJECT, START_ARRAY -> container(parser.skipChildren().currentToken() == JsonToken.END_ARRAY);
            default -> new JsonValue(parser.getText());
        };
    }

    private static JsonValue container(boolean array) {
        return new JsonValue(array ? "[…]" : "{…}");
    }

    static void readFields(Map<?, ?> map, RequestFields into) {
        map.forEach((name, value) ->
                readField(String.valueOf(name), value instanceof JsonNode node ? plain(node) : value, into));
    }

    static void readFields(ObjectNode object, RequestFields into) {
        object.properties().forEach(field -> readField(field.getKey(), plain(field.getValue()), into));
    }

    private static void readField(String name, @Nullable Object value, RequestFields into) {
        if (RequestFields.NAMES.contains(name)) {
            into.put(name, value, SOURCE);
        } else {
            into.violation(
                    CleanText.of(name),
                    "is no field of the model; known are " + new TreeSet<>(RequestFields.NAMES)
                            + ": correct or remove it");
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
            return container(node.isArray());
        }
        return node.isIntegralNumber() ? node.bigIntegerValue() : new JsonValue(node.asText());
    }
}
