package io.github.camelhh1.simulator.task;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question for many tasks: filters by id, model, status and time of creation, and a page of what they leave. */
public final class TaskList {
    private static final Set<String> NAMES =
            Set.of("task_id", "start_time", "end_time", "model_name", "status", "page_no", "page_size");
    private static final Set<String> STATUSES =
            Set.of("PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED", "UNKNOWN");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Map<String, String> query;
    private final Instant from;
    private final Instant to;
    private final int pageNumber;
    private final int pageSize;

    private TaskList(Map<String, String> query, Instant now) {
        this.query = query;
        Instant start = time(query.get("start_time"));
        Instant end = time(query.get("end_time"));
        to = end != null ? end : start != null ? start.plus(LONGEST) : now;
        from = start != null ? start : to.minus(LONGEST);
        pageNumber = positive("page_no", 1);
        pageSize = positive("page_size", 10);
        if (from.isAfter(to) || from.plus(LONGEST).isBefore(to)) {
            throw new IllegalArgumentException("The time range must not be longer than 24 hours");
        } else if (!STATUSES.contains(query.getOrDefault("status", "PENDING"))) {
            throw new IllegalArgumentException("status: must be one of " + String.join(", ", STATUSES));
        }
    }

    /** The first fault of the query; {@code null} when there is none. */
    public static @Nullable Refused check(String query) {
        try {
            new TaskList(parsed(query), Instant.EPOCH);
            return null;
        } catch (IllegalArgumentException e) {
            return Refused.parameter(String.valueOf(e.getMessage()));
        }
    }

    /** The answer to a query that was checked. */
    public static String answer(TaskBoard board, String query, String requestId) {
        synchronized (board) {
            TaskList list = new TaskList(parsed(query), board.now());
            return list.answer(board.living().filter(list::holds).toList(), requestId);
        }
    }

    private String answer(List<Task> found, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("total", found.size());
        body.put(
                "data",
                found.stream()
                        .sorted(Comparator.comparing((Task task) -> task.created)
                                .reversed())
                        .skip((pageNumber - 1L) * pageSize)
                        .limit(pageSize)
                        .map(TaskList::row)
                        .toList());
        body.put("total_page", (found.size() + pageSize - 1) / pageSize);
        body.put("page_no", pageNumber);
        body.put("request_id", requestId);
        body.put("page_size", pageSize);
        return TaskAnswers.json(body);
    }

    private boolean holds(Task task) {
        return query.getOrDefault("task_id", task.id).equals(task.id)
                && query.getOrDefault("model_name", task.order.model()).equals(task.order.model())
                && query.getOrDefault("status", task.shown()).equals(task.shown())
                && !task.created.isBefore(from)
                && !task.created.isAfter(to);
    }

    private static Map<String, Object> row(Task task) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("api_key_id", "1");
        row.put("caller_parent_id", "1");
        row.put("caller_uid", "1");
        if (task.ended != null) {
            row.put("end_time", task.ended.toEpochMilli());
        }
        row.put("gmt_create", task.created.toEpochMilli());
        row.put("model_name", task.order.model());
        row.put("region", "ap-southeast-1");
        row.put("request_id", task.order.requestId());
        if (task.started != null) {
            row.put("start_time", task.started.toEpochMilli());
        }
        row.put("status", task.shown());
        row.put("task_id", task.id);
        row.put("user_api_unique_key", "apikey:v1:aigc:image2video:video-synthesis:" + task.order.model());
        return row;
    }

    /** An empty value counts as none. */
    private static Map<String, String> parsed(String query) {
        Map<String, String> fields = new HashMap<>();
        for (String field : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String name = field.replaceFirst("=.*", "");
            String value = URLDecoder.decode(field.replaceFirst("^[^=]*=?", ""), StandardCharsets.UTF_8);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(name + ": no such parameter");
            } else if (!value.isEmpty()) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private static @Nullable Instant time(@Nullable String digits) {
        try {
            return digits == null ? null : LocalDateTime.parse(digits, TIME).toInstant(TaskAnswers.ZONE);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("start_time, end_time: must be YYYYMMDDhhmmss", e);
        }
    }

    private int positive(String name, int otherwise) {
        String digits = query.getOrDefault(name, String.valueOf(otherwise));
        if (!digits.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(name + ": must be a positive integer");
        }
        return Integer.parseInt(digits);
    }
}
