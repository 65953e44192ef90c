package io.github.camelhh1.simulator.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A reply's body, made when it is known which video it is about. The shapes are those seen of the service. */
@FunctionalInterface
public interface Content {
    ObjectMapper JSON = new ObjectMapper();

    byte[] render(Video video);

    /**
     * The content of the answer.
     *
     * @param url the video's link
     * @param inEnvelope whether the answer is wrapped in {@code {"result":…,"success":true,"errors":[],"messages":[]}}
     * @param taskId of Model Studio
     * @param usual Model Studio's answer when nothing is scripted
     */
    record Video(
            String url,
            boolean inEnvelope,
            String taskId,
            @Nullable String usual) {
        public static final Video NONE = new Video("", false);

        public Video(String url, boolean inEnvelope) {
            this(url, inEnvelope, "", null);
        }

        public Video(String url, String taskId, String usual) {
            this(url, false, taskId, usual);
        }
    }

    static Content completed() {
        return video -> video.usual() == null
                ? wrapped(video.inEnvelope(), completedResult(video.url()))
                : video.usual().getBytes(StandardCharsets.UTF_8);
    }

    /** As Model Studio refuses. */
    static Content refused(String code, String message) {
        return video -> {
            Map<String, Object> body = fields("code", code, "message", message);
            body.put("request_id", UUID.randomUUID().toString());
            return json(body);
        };
    }

    static Content completed(String url) {
        return video -> wrapped(video.inEnvelope(), completedResult(url));
    }

    static Content state(String state) {
        return video -> wrapped(video.inEnvelope(), fields("state", state, "result", Map.of()));
    }

    static Content failed(String code, String message) {
        return video -> wrapped(
                video.inEnvelope(), fields("state", "Failed", "error", fields("code", code, "message", message)));
    }

    static Content failed(String error) {
        return video -> wrapped(video.inEnvelope(), fields("state", "Failed", "error", error));
    }

    static Content errors(int code, String message) {
        Map<String, Object> body =
                fields("success", false, "errors", List.of(fields("code", code, "message", message)));
        body.put("messages", List.of());
        body.put("result", null);
        return video -> json(body);
    }

    static Content errorArray(int code, String message) {
        Map<String, Object> body = fields("success", false, "error", List.of(fields("code", code, "message", message)));
        body.put("internalCode", code);
        body.put("result", List.of());
        body.put("messages", List.of());
        return video -> json(body);
    }

    static Content text(String text) {
        return video -> text.replace("${video}", video.url())
                .replace("${task}", video.taskId())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> completedResult(String url) {
        Map<String, Object> result = fields("state", "Completed", "result", Map.of("video", url));
        result.put("gatewayMetadata", Map.of("keySource", "Unified"));
        return result;
    }

    private static byte[] wrapped(boolean inEnvelope, Map<String, Object> result) {
        if (!inEnvelope) {
            return json(result);
        }
        Map<String, Object> body = fields("result", result, "success", true);
        body.put("errors", List.of());
        body.put("messages", List.of());
        return json(body);
    }

    private static Map<String, Object> fields(String name, Object value, String other, Object otherValue) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(name, value);
        fields.put(other, otherValue);
        return fields;
    }

    private static byte[] json(Map<String, Object> body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
