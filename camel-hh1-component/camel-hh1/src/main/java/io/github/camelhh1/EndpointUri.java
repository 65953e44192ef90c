package io.github.camelhh1;

import io.github.camelhh1.generation.RequestRules;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConversionException;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses the URI of an endpoint, and properties of a component, with a wrong name or value, and shows the right ones. Shows
 * no value of an unknown option.
 */
final class EndpointUri {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointUri.class);
    private static final Pattern RAW_SIMPLE = Pattern.compile("(?is)[?&](request-?key|correlation)=RAW[^&]*\\$simple");

    private static final String SECONDS =
            RequestRules.notInteger(RequestRules.SHORTEST_SECONDS, RequestRules.LONGEST_SECONDS)
                    + ": whole seconds without a unit, for example duration=5";

    private EndpointUri() {}

    static Hh1Operation operation(String path) {
        List<String> names =
                Arrays.stream(Hh1Operation.values()).map(Enum::name).toList();
        if (!names.contains(path)) {
            String problem = path.isEmpty()
                    ? "the operation is missing"
                    : "there is no such operation" + suggestion(path, names);
            throw new IllegalArgumentException(
                    "hh1:" + path + ": " + ended(problem) + " Use one of " + names + ", for example hh1:generate");
        }
        return Hh1Operation.valueOf(path);
    }

    /** Camel evaluates {@code $simple} in {@code RAW} once, when the endpoint is made, and not for each message. */
    static void checkRawExpressions(String uri) {
        Matcher option = RAW_SIMPLE.matcher(uri);
        if (option.find()) {
            String name = option.group(1).equalsIgnoreCase("correlation") ? "correlation" : "requestKey";
            throw new IllegalArgumentException(name + "=RAW($simple{...}) is evaluated once, before any"
                    + " message: all requests would share one value, or have none; write RAW(${...}) or $simple{...}");
        }
    }

    /** @param unknown the options that neither Camel nor the endpoint knows */
    static void checkNames(String uri, String operation, Collection<String> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        Set<String> known = ofEndpoints();
        Set<String> ofComponents = ofComponents(known);
        String scheme = uri.replaceFirst("(?s):.*", "");
        String place = ". It belongs to the component, and all endpoints share it: set it there, for example as the"
                + " property camel.component." + scheme + ".";
        String problems = unknown.stream()
                .map(name -> problem(name, "an endpoint", known, ofComponents, place, ""))
                .collect(Collectors.joining("; "));
        throw new IllegalArgumentException(
                ended(problems) + " The options of " + scheme + ":" + operation + " are " + known);
    }

    private static Set<String> ofEndpoints() {
        Set<String> names = new TreeSet<>(new Hh1EndpointUriFactory().propertyNames());
        names.remove("operation");
        return names;
    }

    /** The options that endpoints do not have. */
    private static Set<String> ofComponents(Set<String> ofEndpoints) {
        return Arrays.stream(Hh1ComponentOptions.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .filter(name -> !ofEndpoints.contains(name))
                .collect(Collectors.toSet());
    }

    /** @param place of the options elsewhere, before their name, and after it */
    private static String problem(
            String name, String subject, Set<String> known, Set<String> elsewhere, String place, String after) {
        if (elsewhere.contains(name)) {
            return name + " is no option of " + subject + place + name + after;
        }
        String unknown = "there is no option " + RequestRules.shape(name);
        String similar = closest(name, known) == null ? closest(name, elsewhere) : null;
        return similar == null
                ? unknown + suggestion(name, known)
                : unknown + suggestion(name, elsewhere) + place.substring(1) + similar + after;
    }

    private static String ended(String sentence) {
        return sentence.matches("(?s).*[.?]") ? sentence : sentence + ".";
    }

    static void checkNumbers(Map<String, Object> parameters, PropertyConfigurerGetter options) {
        parameters.forEach(
                (name, value) -> checkNumber(name, value, options.getOptionType(name.replace("-", ""), true)));
    }

    /** Camel reads {@code 5s} as 5000 for each number, as if it were one of milliseconds. */
    private static void checkNumber(String name, @Nullable Object value, @Nullable Class<?> type) {
        if (isNumber(type)
                && !isDuration(name)
                && value instanceof String text
                && text.strip().matches("\\d+\\s*[A-Za-z]+|P.*")) {
            throw new IllegalArgumentException(name + ": " + RequestRules.shape(text) + rule(name, type));
        }
    }

    /** Of an option whose value has the wrong type. Values of other options may be secret: they are not shown. */
    static RuntimeException unusable(String name, @Nullable Object value, @Nullable Class<?> type, RuntimeException e) {
        String rule = rule(name, type);
        return rule == null
                ? e
                : new IllegalArgumentException(name + ": " + RequestRules.shape(String.valueOf(value)) + rule, e);
    }

    private static @Nullable String rule(String name, @Nullable Class<?> type) {
        if (name.equalsIgnoreCase("duration")) {
            return SECONDS;
        } else if (isDuration(name)) {
            return " is no duration; write for example 15m, 30s or 900000, which are milliseconds";
        } else if (isNumber(type)) {
            return " is not a whole number";
        }
        return type == boolean.class ? " is neither true nor false" : null;
    }

    private static boolean isDuration(String name) {
        return name.matches("(?i).*(Timeout|Delay|Interval)|after");
    }

    private static boolean isNumber(@Nullable Class<?> type) {
        return type == Integer.class || type == Long.class || type == int.class || type == long.class;
    }

    /** Sets the options of a component. Camel's failure names neither the closest option nor the rule of a value. */
    record OfComponent(PropertyConfigurer camels, PropertyConfigurerGetter options)
            implements PropertyConfigurer, PropertyConfigurerGetter {
        @Override
        public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
            checkNumber(name, value, getOptionType(name, true));
            try {
                boolean known = camels.configure(context, target, name, value, ignoreCase);
                if (!known) {
                    // No exception: Camel may be set to ignore the name.
                    warn(name);
                }
                return known;
            } catch (TypeConversionException | IllegalArgumentException e) {
                throw unusable(name, value, getOptionType(name, true), e);
            }
        }

        @Override
        public @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
            return options.getOptionType(name, ignoreCase);
        }

        @Override
        public @Nullable Object getOptionValue(Object target, String name, boolean ignoreCase) {
            return options.getOptionValue(target, name, ignoreCase);
        }

        private void warn(String name) {
            Set<String> ofEndpoints = ofEndpoints();
            Set<String> known = new TreeSet<>(ofComponents(ofEndpoints));
            known.addAll(ofEndpoints);
            known.removeIf(option -> getOptionType(option, true) == null);
            ofEndpoints.removeAll(known);
            String place = ". It belongs to an endpoint: set it in its URI, for example hh1:generate?";
            LOG.warn(
                    "Property of the component: {} Its options are {}",
                    ended(problem(name, "the component", known, ofEndpoints, place, "=...")),
                    known);
        }
    }

    /** As a question, or nothing when no name is close. */
    static String suggestion(String name, Collection<String> names) {
        String closest = closest(name, names);
        return closest == null ? "" : "; did you mean " + closest + "?";
    }

    private static @Nullable String closest(String name, Collection<String> names) {
        int best = name.length() < 4 ? 2 : 3;
        String closest = null;
        for (String candidate : names) {
            boolean alike = Math.abs(candidate.length() - name.length()) < best;
            int distance = alike ? distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT)) : best;
            if (distance < best) {
                best = distance;
                closest = candidate;
            }
        }
        return closest;
    }

    /** How many letters are to be added, removed or replaced (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
