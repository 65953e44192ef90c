package io.github.camelhh1.generation;

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
