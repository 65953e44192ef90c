package io.github.camelhh1.simulator.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question for many rows: a filter by metadata, and a page of what it leaves. */
final class LogList {
    private static final int MOST = 50;

    private LogList() {}

    static ObjectNode answer(List<LogRow> rows, String query, boolean metadataAsObjects) {
        Map<String, String> asked = parsed(query);
        Set<String> values = values(asked.getOrDefault("filters", ""));
        boolean newestFirst = asked.getOrDefault("order_by_direction", "asc").equals("desc");
        Comparator<LogRow> oldestFirst = Comparator.comparing(LogRow::created).thenComparing(LogRow::id);
        int size = Math.min(MOST, number(asked, "per_page", 20));
        int page = number(asked, "page", 1);
        List<LogRow> found = rows.stream()
                .filter(row -> values == null || row.holds(values))
                .sorted(newestFirst ? oldestFirst.reversed() : oldestFirst)
                .toList();
        ArrayNode shown = LogRow.JSON.createArrayNode();
        found.stream().skip((page - 1L) * size).limit(size).forEach(row -> shown.add(row.json(metadataAsObjects)));
        ObjectNode answer = LogRow.JSON.createObjectNode();
        answer.putObject("result_info")
                .put("page", page)
                .put("per_page", size)
                .put("count", shown.size())
                .put("total_count", found.size());
        answer.set("result", shown);
        return answer;
    }

    /** Null for a filter of a wrong form: the service ignores it and says nothing. */
    private static @Nullable Set<String> values(String filters) {
        JsonNode filter = LogRow.parsed(filters).path(0);
        if (!filter.path("key").asText().equals("metadata.value")
                || !filter.path("operator").asText().equals("eq")
                || !filter.path("value").isArray()) {
            return null;
        }
        Set<String> values = new HashSet<>();
        filter.path("value").forEach(value -> values.add(value.asText()));
        return values;
    }

    private static Map<String, String> parsed(String query) {
        Map<String, String> fields = new HashMap<>();
        for (String field : query.split("&", -1)) {
            String value = URLDecoder.decode(field.replaceFirst("^[^=]*=?", ""), StandardCharsets.UTF_8);
            fields.put(field.replaceFirst("=.*", ""), value);
        }
        return fields;
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        String digits = query.getOrDefault(name, "");
        return digits.matches("[1-9]\\d{0,5}") ? Integer.parseInt(digits) : otherwise;
    }
}
