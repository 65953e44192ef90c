package io.github.camelhh1.threats;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes that the HTTP client's wire log shows, sixteen a line as {@code session >> text hex}. A secret that is longer
 * than what is left of its line is in no line, and yet in the log.
 */
final class WireDump {
    static final String LOGGER = "org.apache.hc.client5.http.wire";

    private static final Pattern LINE =
            Pattern.compile(Pattern.quote(LOGGER) + " - (.*?(?:>>|<<)) (.{16}) (?: [0-9a-f]{2}){1,16}$");

    private WireDump() {}

    /** The sent and received bytes of each session, each as one text. */
    static Collection<String> texts(List<String> log) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (String line : log) {
            Matcher dumped = LINE.matcher(line);
            if (dumped.find()) {
                texts.computeIfAbsent(dumped.group(1), session -> new StringBuilder())
                        .append(dumped.group(2));
            }
        }
        return texts.values().stream().map(StringBuilder::toString).toList();
    }
}
