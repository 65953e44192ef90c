package io.github.camelhh1.message;

import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.generation.RequestRules.Violation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one request as its sources gave them; a later source replaces an earlier one, field by field. Rules apply
 * to the last values only, so that a message can replace a wrong option.
 */
public final class RequestFields {
    static final Set<String> NAMES =
            Set.of("image", "prompt", "negative_prompt", "resolution", "duration", "seed", "watermark");

    /** A request has seven fields, and nobody reads a longer list. */
    private static final int MOST_VIOLATIONS = 20;

    private record Raw(Object value, String source) {}

    private final Map<String, Raw> fields = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    void put(String field, @Nullable Object value, String source) {
        if (value != null && isSet(value)) {
            fields.put(field, new Raw(value, source));
        }
    }

    /** Null and blank text count as not set. */
    static boolean isSet(@Nullable Object value) {
        return value != null
                && !(value instanceof CharSequence text && text.toString().isBlank());
    }

    void remove(String field) {
        fields.remove(field);
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    public void violation(String field, String text) {
        if (violations.size() == MOST_VIOLATIONS) {
            violations.add(new Violation("body", "there are more violations, which are not listed"));
        } else if (violations.size() < MOST_VIOLATIONS) {
            violations.add(new Violation(field, text));
        }
    }

    /** The source of a field, for messages. */
    String source(String field) {
        Raw raw = fields.get(field);
        return raw == null ? "" : raw.source();
    }

    /** The request; a field that breaks a rule is left out and reported by {@link #violations()}. */
    public GenerationRequest request() {
        var request = new GenerationRequest(
                text("image"),
                text("prompt"),
                text("negative_prompt"),
                resolution(),
                integer("duration", RequestRules.SHORTEST_SECONDS, RequestRules.LONGEST_SECONDS),
                integer("seed", 0, Integer.MAX_VALUE),
                bool("watermark"));
        violations.addAll(RequestRules.violations(request));
        return request;
    }

    /** Each with the source of the value; complete once {@link #request()} was called. */
    public List<String> violations() {
        return violations.stream()
                .map(violation ->
                        violation + (has(violation.field()) ? " (from " + source(violation.field()) + ")" : ""))
                .toList();
    }

    private @Nullable String text(String field) {
        Raw raw = fields.get(field);
        if (raw == null || raw.value() instanceof CharSequence) {
            return raw == null ? null : raw.value().toString();
        }
        violation(
                field,
                RequestRules.shape(raw.value().toString()) + " is a "
                        + raw.value().getClass().getName() + ", not text; give a String");
        return null;
    }

    private @Nullable String resolution() {
        String resolution = text("resolution");
        return resolution == null ? null : resolution.strip().toUpperCase(Locale.ROOT);
    }

    private @Nullable Integer integer(String field, int from, int to) {
        Raw raw = fields.get(field);
        if (raw == null) {
            return null;
        }
        BigInteger number = number(raw.value());
        if (number == null || number.bitLength() > 31) {
            violation(field, RequestRules.shape(String.valueOf(raw.value())) + RequestRules.notInteger(from, to));
            return null;
        }
        return number.intValueExact();
    }

    private static @Nullable BigInteger number(Object value) {
        if (value instanceof BigInteger big) {
            return big;
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            return BigInteger.valueOf(((Number) value).longValue());
        }
        String text = value instanceof CharSequence ? value.toString().strip() : "";
        return text.matches("-?[0-9]{1,12}") ? new BigInteger(text) : null;
    }

    private @Nullable Boolean bool(String field) {
        Raw raw = fields.get(field);
        if (raw == null || raw.value() instanceof Boolean) {
            return raw == null ? null : (Boolean) raw.value();
        }
        String text = raw.value().toString().strip().toLowerCase(Locale.ROOT);
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        violation(field, RequestRules.shape(text) + " is neither true nor false; give one, or leave it out");
        return null;
    }
}
