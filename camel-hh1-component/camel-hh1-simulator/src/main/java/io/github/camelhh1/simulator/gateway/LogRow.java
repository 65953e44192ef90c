package io.github.camelhh1.simulator.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the logs.
 *
 * @param visible when it can be found
 * @param metadata null for none
 * @param body null when it was not kept
 */
record LogRow(
        String gateway,
        String id,
        Instant created,
        Instant visible,
        int status,
        @Nullable String metadata,
        @Nullable String body) {
    static final ObjectMapper JSON = new ObjectMapper();

    /** Metadata of more than five entries, or with one that is no scalar, is dropped as a whole. */
    static @Nullable String metadata(String header) {
        JsonNode json = parsed(header);
        boolean kept = json.isObject() && json.size() <= 5;
        for (JsonNode value : json) {
            kept &= value.isValueNode() && !value.isNull();
        }
        return kept ? json.toString() : null;
    }

    boolean holds(Set<String> values) {
        for (JsonNode value : parsed(metadata == null ? "" : metadata)) {
            if (values.contains(value.asText())) {
                return true;
            }
        }
        return false;
    }

    ObjectNode json(boolean metadataAsObject) {
        ObjectNode row = JSON.createObjectNode()
                .put("id", id)
                .put("created_at", created.toString())
                .put("success", status / 100 == 2)
                .put("status_code", status)
                .put("cached", false)
                .put("cost", status / 100 == 2 ? 0.7 : 0)
                .put("duration", 100)
                .put("model", "hh1-i2v")
                .put("provider", "alibaba")
                .put("step", 0);
        if (metadataAsObject && metadata != null) {
            return row.set("metadata", parsed(metadata));
        }
        return row.put("metadata", metadata);
    }

    static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
