package io.github.camelhh1.examples.fleet.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads environment variables and collects their errors, so that all of them are reported at once. */
record Variables(UnaryOperator<String> environment, List<String> problems) {
    private static final int LONGEST = 43_200;

    /** Null when it is not set. */
    String or(String name) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String or(String name, String otherwise) {
        String value = or(name);
        return value == null ? otherwise : value;
    }

    String needed(String name, String what) {
        String value = or(name);
        if (value == null) {
            problem(name + " is not set: " + what);
        }
        return value == null ? "" : value;
    }

    Duration seconds(String name, int otherwise) {
        return Duration.ofSeconds(number(name, otherwise, 1, LONGEST));
    }

    int number(String name, int otherwise, int least, int most) {
        String value = or(name);
        if (value == null) {
            return otherwise;
        }
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        problem(name + " must be a whole number from " + least + " to " + most);
        return otherwise;
    }

    Optional<URI> url(String name) {
        String value = or(name);
        if (value != null && !value.matches("https?://[^/\\s]+/?")) {
            problem(name + " must be a URL such as https://sqs.example.com");
            return Optional.empty();
        }
        return Optional.ofNullable(value).map(URI::create);
    }

    void problem(String text) {
        problems.add(text);
    }
}
