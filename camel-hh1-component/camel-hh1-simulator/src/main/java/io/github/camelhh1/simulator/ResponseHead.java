package io.github.camelhh1.simulator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Status line and header fields of an answer, with the ids that the service sends along. */
final class ResponseHead {
    private ResponseHead() {}

    /** Without {@code Content-Length} and the last empty line: how the body comes decides those. */
    static String of(Reply reply, int number) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Server", "hh1-simulator");
        fields.put("cf-ray", String.format(Locale.ROOT, "%016x-SIM", number));
        if (reply.status() != 401 && reply.status() != 403) {
            fields.put("cf-aig-log-id", String.format(Locale.ROOT, "01SIMULATOR%015d", number));
            fields.put("cf-aig-cache-status", "MISS");
        }
        Map<String, String> own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        reply.headers().forEach(header -> own.put(header.getKey(), header.getValue()));
        fields.keySet().removeIf(own::containsKey);
        fields.putAll(own);
        return text(reply.status(), fields);
    }

    static String text(int status, Map<String, String> fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Simulated\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }
}
