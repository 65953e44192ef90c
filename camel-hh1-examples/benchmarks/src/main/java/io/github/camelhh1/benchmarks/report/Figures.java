package io.github.camelhh1.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Named values that one JVM tells another in one line: {@code calls=1000 seconds=5.61}. No value holds a space. */
public record Figures(Map<String, String> values) {

    public static Figures none() {
        return new Figures(Map.of());
    }

    public static Figures parse(String line) {
        var values = new LinkedHashMap<String, String>();
        for (String pair : line.strip().split(" +")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new Figures(values);
    }

    public Figures with(String name, Object value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, String.valueOf(value).replace(' ', '_'));
        return new Figures(more);
    }

    public Figures and(Figures others) {
        var more = new LinkedHashMap<>(values);
        more.putAll(others.values);
        return new Figures(more);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " in " + line());
        }
        return value;
    }

    public int count(String name) {
        return Integer.parseInt(text(name));
    }

    public double number(String name) {
        return Double.parseDouble(text(name));
    }

    public String line() {
        var line = new StringJoiner(" ");
        values.forEach((name, value) -> line.add(name + "=" + value));
        return line.toString();
    }
}
