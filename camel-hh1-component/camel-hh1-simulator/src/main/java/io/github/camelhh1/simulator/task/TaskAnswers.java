package io.github.camelhh1.simulator.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of Model Studio, as JSON. */
public final class TaskAnswers {
    /** No page names the zone of the texts; the service's home has this one. */
    static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZONE);

    private TaskAnswers() {}

    public static String refused(Refused refused, String requestId) {
        Map<String, Object> body = body(requestId);
        body.put("code", refused.code());
        body.put("message", refused.message());
        return json(body);
    }

    public static String created(String id, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("output", Map.of("task_status", "PENDING", "task_id", id));
        body.put("request_id", requestId);
        return json(body);
    }

    public static String cancelled(String requestId) {
        return json(body(requestId));
    }

    /** The answer to a poll for this id. */
    public static String polled(TaskBoard board, String id, String requestId) {
        synchronized (board) {
            Task task = board.find(id);
            Map<String, Object> output = new LinkedHashMap<>();
            Map<String, Object> body = body(requestId);
            body.put("output", output);
            output.put("task_id", id);
            output.put("task_status", task == null ? "UNKNOWN" : task.shown());
            if (task != null) {
                output(task, output);
                if (task.status == Task.Status.SUCCEEDED) {
                    body.put("usage", usage(task.order));
                }
            }
            return json(body);
        }
    }

    private static void output(Task task, Map<String, Object> output) {
        output.put("submit_time", TIME.format(task.created));
        time(output, "scheduled_time", task.started);
        time(output, "end_time", task.ended);
        if (task.status == Task.Status.SUCCEEDED) {
            output.put("orig_prompt", task.order.prompt());
            output.put("video_url", task.videoUrl);
        } else if (task.status == Task.Status.FAILED) {
            output.put("code", task.code);
            output.put("message", task.message);
        }
        output.values().removeIf(value -> value == null);
    }

    private static void time(Map<String, Object> output, String name, @Nullable Instant time) {
        if (time != null) {
            output.put(name, TIME.format(time));
        }
    }

    private static Map<String, Object> usage(TaskOrder order) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("duration", order.seconds());
        usage.put("input_video_duration", 0);
        usage.put("output_video_duration", order.seconds());
        usage.put("video_count", 1);
        usage.put("SR", Integer.parseInt(order.resolution().replace("P", "")));
        return usage;
    }

    static Map<String, Object> body(String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("request_id", requestId);
        return body;
    }

    static String json(Map<String, Object> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
