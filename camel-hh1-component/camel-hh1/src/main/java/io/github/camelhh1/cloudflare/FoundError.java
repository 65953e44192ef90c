package io.github.camelhh1.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelhh1.service.Answers;
import io.github.camelhh1.text.CleanText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The error in an answer, in any of the service's shapes: {@code errors[]}, {@code error} as array or object, {@code
 * internalCode}, or a thrown text {@code "NNNN: message"}.
 */
record FoundError(@Nullable String code, String message) {
    private static final Pattern THROWN =
            Pattern.compile("^\\W*(?:\\w*Error:\\s*)?(\\d{4,5}):\\s*(.*)", Pattern.DOTALL);

    FoundError {
        code = Answers.code(code);
    }

    static FoundError in(JsonNode json, String text) {
        for (JsonNode place : List.of(json.path("errors"), json.path("error"))) {
            JsonNode error = place.isArray() ? place.path(0) : place;
            if (error.isObject()) {
                String code = error.path("code").asText("");
                return new FoundError(
                        code.isEmpty() ? internalCode(json) : code,
                        error.path("message").asText(""));
            } else if (error.isTextual()) {
                return thrown(error.textValue(), internalCode(json));
            }
        }
        return thrown(text, internalCode(json));
    }

    private static @Nullable String internalCode(JsonNode json) {
        String code = json.path("internalCode").asText("");
        return code.isEmpty() ? null : code;
    }

    private static FoundError thrown(String text, @Nullable String otherwise) {
        Matcher thrown = THROWN.matcher(text);
        return thrown.find() ? new FoundError(thrown.group(1), thrown.group(2)) : new FoundError(otherwise, text);
    }

    /** For a message: cleaned. */
    String describe() {
        String text = CleanText.of(message);
        return (code == null ? "" : "code " + code + ": ") + (text.isEmpty() ? "no message" : text);
    }
}
