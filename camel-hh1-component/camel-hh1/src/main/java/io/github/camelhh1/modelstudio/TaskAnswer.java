package io.github.camelhh1.modelstudio;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.http.HttpResult.Answer;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.modelstudio.FailureTable.Meaning;
import io.github.camelhh1.service.Answers;
import io.github.camelhh1.text.CleanText;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the service.
 *
 * @param text without the API key, wherever the service echoes it
 * @param json empty when the text is no JSON object
 */
record TaskAnswer(Answer answer, String text, Map<String, Object> json) {
    static final String PENDING = "PENDING";
    /** Of a task of another account, and of one that the service has forgotten. */
    static final String UNKNOWN = "UNKNOWN";

    /** It becomes part of a path, and of the ledger. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}");

    static TaskAnswer of(Answer answer, String key) {
        String text = answer.text().replace(key, "***");
        return new TaskAnswer(answer, text, Answers.json(text));
    }

    /** Whether it is a name of a task. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private boolean isOk() {
        return answer.status() / 100 == 2;
    }

    /** A text, number or truth value; empty when there is none. */
    private String found(String... path) {
        Object value = json;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
    }

    /** Of the task that was created; null when the answer names none. */
    @Nullable
    String created() {
        String id = found("output", "task_id");
        return isOk() && isId(id) ? id : null;
    }

    /** The rows of a list of tasks; null when it is none. */
    @Nullable
    List<?> rows() {
        return isOk() && json.get("data") instanceof List<?> rows ? rows : null;
    }

    /** The prompt that the task was created with; null when it is not named. */
    @Nullable
    String prompt() {
        return json.get("output") instanceof Map<?, ?> output && output.get("orig_prompt") instanceof String prompt
                ? prompt
                : null;
    }

    /** Of a question: another key may be the right one. */
    boolean refusesTheKey() {
        return answer.status() == 401 || answer.status() == 403;
    }

    /** As the service writes it; empty when the answer is not about the task. */
    String status(String id) {
        String named = found("output", "task_id");
        return isOk() && (named.isEmpty() || named.equals(id))
                ? CleanText.of(found("output", "task_status")).toUpperCase(Locale.ROOT)
                : "";
    }

    /** The ids and the text of this answer. */
    Trace trace() {
        String requestId = found("request_id");
        return new Trace(
                1,
                new CallIds(answer.status(), null, requestId.isEmpty() ? null : CleanText.of(requestId), null),
                null,
                text,
                null);
    }

    /** The outcome of a create that made no task, or perhaps one whose name is not known. */
    Outcome refused(InstantSource clock) {
        String code = found("code");
        String reason = "HTTP status " + answer.status() + ": " + error(code, found("message"));
        Trace trace = code.isEmpty() ? trace() : trace().code(Answers.code(code));
        Meaning meaning = FailureTable.meaning(answer.status(), code);
        if (meaning == Meaning.THROTTLED) {
            return new Outcome.Throttled(reason, Answers.retryAfter(answer.header("Retry-After"), clock), trace);
        } else if (meaning == Meaning.UNKNOWN) {
            return new Outcome.Unknown(isOk() ? reason + ", and no task is named" : reason, null, trace);
        }
        return new Outcome.Rejected(reason, meaning == Meaning.ACCOUNT_REJECTED, trace);
    }

    /**
     * The outcome of the task; null while it goes on, or when this answer does not say.
     *
     * @param made the ids of the answer that named the task
     */
    @Nullable
    Outcome ending(String id, Trace made) {
        String status = status(id);
        var ids = new CallIds(answer.status(), null, made.ids().logId(), null);
        Trace trace = new Trace(1, ids, null, text, id);
        return switch (status) {
            case "SUCCEEDED" -> succeeded(status, trace);
            case "FAILED" -> failed(trace);
            case "CANCELED", "CANCELLED" ->
                new Outcome.Rejected("its task was cancelled before it began", false, trace);
            default -> null;
        };
    }

    private Outcome succeeded(String status, Trace trace) {
        String video = found("output", "video_url");
        Outcome found = video.isBlank()
                ? new Outcome.Unknown("the task succeeded, and its answer names no video", null, trace)
                : Answers.video(video, status, null, trace);
        // The code says that the task has ended: nobody asks for it again.
        return found instanceof Outcome.Unknown ? found.traced(trace.code(status)) : found;
    }

    private Outcome failed(Trace trace) {
        String code = found("output", "code");
        return new Outcome.Rejected(
                "its task failed: " + error(code, found("output", "message")),
                FailureTable.isOfTheAccount(code),
                code.isEmpty() ? trace : trace.code(Answers.code(code)));
    }

    /** A short text for a task that does not end. */
    String describe(String id) {
        String status = status(id);
        return status.isEmpty()
                ? "HTTP status " + answer.status() + ": " + error(found("code"), found("message"))
                : status.equals(UNKNOWN) ? "UNKNOWN, the service does not know the task, or not any more" : status;
    }

    private String error(String code, String message) {
        String known = message.isEmpty() && code.isEmpty() ? text : message;
        String cleaned = CleanText.of(known);
        return (code.isEmpty() ? "" : "code " + Answers.code(code) + ": ")
                + (cleaned.isEmpty() ? "no message" : cleaned);
    }
}
