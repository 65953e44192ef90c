package io.github.camelhh1.simulator.wire;

import java.util.Map;

/** Status line and header fields of an answer. */
public final class ResponseHead {
    private ResponseHead() {}

    /** Without {@code Content-Length} and the last empty line: how the body comes decides those. */
    public static String text(int status, Map<String, String> fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Simulated\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }
}
