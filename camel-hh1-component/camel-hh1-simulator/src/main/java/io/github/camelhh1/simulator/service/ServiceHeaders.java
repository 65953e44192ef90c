package io.github.camelhh1.simulator.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Header fields of an answer, with the ids that the service sends along. */
public final class ServiceHeaders {
    private ServiceHeaders() {}

    /**
     * The fields of the answer to the request of this number.
     *
     * @param replied those of the reply; each takes the place of the service's own of that name
     */
    public static Map<String, String> of(int status, List<Map.Entry<String, String>> replied, int number) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Server", "hh1-simulator");
        fields.put("cf-ray", String.format(Locale.ROOT, "%016x-SIM", number));
        if (status != 401 && status != 403) {
            fields.put("cf-aig-log-id", String.format(Locale.ROOT, "01SIMULATOR%015d", number));
            fields.put("cf-aig-cache-status", "MISS");
        }
        Map<String, String> own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        replied.forEach(header -> own.put(header.getKey(), header.getValue()));
        fields.keySet().removeIf(own::containsKey);
        fields.putAll(own);
        return fields;
    }
}
