package io.github.camelhh1.simulator.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request line and its header fields; names are case-insensitive. */
public record Head(String method, String target, Map<String, List<String>> headers) {

    static Head parse(String text) throws WireException {
        String[] lines = text.strip().split("\r\n", -1);
        String[] request = lines[0].split(" ", -1);
        if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
            throw new WireException("not an HTTP/1.1 request line");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) {
                throw new WireException("a header field without a name");
            }
            headers.computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        return new Head(request[0], request[1], Collections.unmodifiableMap(headers));
    }

    /** The first value of a header, or an empty text. */
    public String header(String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }

    /** The target without its query. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The query of the target, without its question mark; may be empty. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    boolean keepsAlive() {
        return !header("Connection").equalsIgnoreCase("close");
    }
}
