package io.github.camelhh1.generation;

import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The model's published input schema. Source: the model's page, "Input" schema, seen 2026-11.
 */
public final class RequestRules {
    public static final int SHORTEST_SECONDS = 3;
    public static final int LONGEST_SECONDS = 15;
    /** The provider cuts a longer prompt silently. */
    public static final int LONGEST_PROMPT = 5000;

    static final Set<String> RESOLUTIONS = Set.of("720P", "1080P");
    private static final Pattern DATA_IMAGE = Pattern.compile("(?is)data:image/[a-z0-9.+-]+[;,].*");

    /**
     * A rule that a request breaks.
     *
     * @param field the model's name of the field, or the option's
     * @param text the value's shape, the rule and the remedy
     */
    public record Violation(String field, String text) {
        @Override
        public String toString() {
            return field + ": " + text;
        }
    }

    private RequestRules() {}

    /** The rules that {@code request} breaks. The caller checks whether there is an image. */
    public static List<Violation> violations(GenerationRequest request) {
        var violations = new ArrayList<Violation>();
        add(violations, "image", image(request.image()));
        add(violations, "resolution", resolution(request.resolution()));
        add(violations, "duration", range(request.duration(), SHORTEST_SECONDS, LONGEST_SECONDS));
        add(violations, "seed", range(request.seed(), 0, Integer.MAX_VALUE));
        return violations;
    }

    private static void add(List<Violation> violations, String field, @Nullable String text) {
        if (text != null) {
            violations.add(new Violation(field, text));
        }
    }

    private static @Nullable String image(@Nullable String image) {
        if (image == null || HttpUrl.is(image) || isDataImage(image)) {
            return null;
        }
        return shape(image) + " is not an absolute http or https URL, nor a data:image/… URI;"
                + " give a URL that the provider can fetch, or the image itself as body with stagingUri or inlineImages set";
    }

    private static @Nullable String resolution(@Nullable String resolution) {
        return resolution == null || RESOLUTIONS.contains(resolution)
                ? null
                : shape(resolution) + " is not one of 720P, 1080P; give one of them or leave it out";
    }

    private static @Nullable String range(@Nullable Integer value, int from, int to) {
        return value == null || (value >= from && value <= to) ? null : value + notInteger(from, to);
    }

    /** The rule of a whole number, for a message that begins with the value. */
    public static String notInteger(int from, int to) {
        return " is not an integer from " + from + " to " + to + "; give one, or leave it out";
    }

    public static boolean isDataImage(String text) {
        return DATA_IMAGE.matcher(text).lookingAt();
    }

    /** A value in quotes, cleaned and short, for a message. */
    public static String shape(String value) {
        String text = CleanText.of(value);
        return "\"" + (text.length() > 80 ? CleanText.cut(text, 80) + "…" : text) + "\"";
    }
}
