package io.github.camelhh1.examples.filedrop.photo;

import io.github.camelhh1.Hh1Constants;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** The model's input without the image, by its own field names. The sidecar's values override the application's. */
final class Input {
    private static final String PROPERTY = "drop.input";

    /** Field of the model to header of the component. */
    private static final Map<String, String> HEADERS = new TreeMap<>(Map.of(
            "prompt", Hh1Constants.PROMPT,
            "negative_prompt", Hh1Constants.NEGATIVE_PROMPT,
            "resolution", Hh1Constants.RESOLUTION,
            "duration", Hh1Constants.DURATION,
            "seed", Hh1Constants.SEED,
            "watermark", Hh1Constants.WATERMARK));

    private Input() {}

    /** Sets the headers that {@code hh1:generate} reads, and remembers the values for the record. */
    static void set(Exchange exchange, Map<String, Object> sidecar) throws SidecarException {
        for (String field : sidecar.keySet()) {
            if (!HEADERS.containsKey(field)) {
                throw new SidecarException("unknown field " + field + " in the sidecar: the model knows "
                        + String.join(", ", HEADERS.keySet()));
            }
        }
        Map<String, Object> input = new LinkedHashMap<>();
        HEADERS.forEach((field, header) -> {
            Object value = sidecar.containsKey(field) ? sidecar.get(field) : setting(exchange, field);
            if (value != null) {
                input.put(field, value);
                exchange.getMessage().setHeader(header, value);
            }
        });
        exchange.setProperty(PROPERTY, input);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Map.of(), Map.class);
    }

    /** {@code negative_prompt} is {@code drop.negative-prompt} in application.properties; blank means not set. */
    private static Object setting(Exchange exchange, String field) {
        return exchange.getContext()
                .getPropertiesComponent()
                .resolveProperty("drop." + field.replace('_', '-'))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .orElse(null);
    }
}
