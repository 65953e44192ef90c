package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.service.Content;
import io.github.camelhh1.simulator.task.TaskPlan;
import io.github.camelhh1.simulator.wire.Answer.ConnectionEnd;
import io.github.camelhh1.simulator.wire.AnswerShape;
import io.github.camelhh1.simulator.wire.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A planned reply to a request, in place of its completion. Immutable: the methods that change something return a
 * changed copy. {@link Fault} makes faults of the socket.
 *
 * <p>Replies hold for both services; each has refusals of its own form. {@link #completed()} is the answer to a call
 * without a script, also to a creation or a poll of {@link ModelStudio}.
 *
 * <p>Each reply knows whether a real account would pay for it ({@link #billed(boolean)} overrides): a refusal is free.
 * After the whole request was read, an answer that leaves the outcome unknown counts as paid, because the call may be.
 */
public final class Reply {
    private static final CompletionStage<?> NOW = CompletableFuture.completedFuture(null);

    /** Of a guardrail and of data loss prevention. */
    private static final Set<Integer> BLOCKED_RESPONSES = Set.of(2017, 2030);

    private final Moment moment;
    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final Content content;
    private final AnswerShape shape;
    private final @Nullable Duration delay;
    private final CompletionStage<?> gate;
    private final boolean billed;
    private final TaskPlan plan;

    private Reply(
            Moment moment,
            int status,
            List<Map.Entry<String, String>> headers,
            Content content,
            AnswerShape shape,
            @Nullable Duration delay,
            CompletionStage<?> gate,
            boolean billed,
            TaskPlan plan) {
        this.moment = moment;
        this.status = status;
        this.headers = headers;
        this.content = content;
        this.shape = shape;
        this.delay = delay;
        this.gate = gate;
        this.billed = billed;
        this.plan = plan;
    }

    /** The usual answer: the video, in the simulator's envelope; billed. */
    public static Reply completed() {
        return answer(200, "application/json", Content.completed(), true);
    }

    /** Completed, with a video link of the test's own; billed. */
    public static Reply completed(String videoUrl) {
        return answer(200, "application/json", Content.completed(videoUrl), true);
    }

    /** The service's own {@code state: Failed} with a code that is text, under status 200; billed, because it may be. */
    public static Reply failed(String code, String message) {
        return answer(200, "application/json", Content.failed(code, message), true);
    }

    /** The same with its error as a text: {@code {"state":"Failed","error":"…"}}. */
    public static Reply failed(String error) {
        return answer(200, "application/json", Content.failed(error), true);
    }

    /** A state without a video, under status 200; billed. */
    public static Reply state(String state) {
        return answer(200, "application/json", Content.state(state), true);
    }

    /**
     * {@code {"success":false,"errors":[{"code":…,"message":…}],…}}, under any status, 200 as well. The codes 2017 and
     * 2030 are billed under any status: they block a response, after the model ran.
     */
    public static Reply error(int status, int code, String message) {
        return answer(status, "application/json", Content.errors(code, message), inDoubt(status, code));
    }

    /** {@code {"success":false,"error":[{"code":…,"message":…}],"internalCode":…}}, as the gateway says it. */
    public static Reply errorArray(int status, int code, String message) {
        return answer(status, "application/json", Content.errorArray(code, message), inDoubt(status, code));
    }

    /** The bare text {@code NNNN: message}. */
    public static Reply thrown(int status, int code, String message) {
        return answer(status, "text/plain", Content.text(code + ": " + message), inDoubt(status, code));
    }

    /** Any JSON, with <code>${video}</code> for the link and <code>${task}</code> for the id. A status 200 is billed. */
    public static Reply json(int status, String body) {
        return answer(status, "application/json", Content.text(body), status == 200 || inDoubt(status));
    }

    /** A page such as an edge server shows. A status 200 is billed. */
    public static Reply html(int status) {
        String page = "<!DOCTYPE html><html><head><title>" + status + "</title></head><body>Error</body></html>";
        return answer(status, "text/html; charset=UTF-8", Content.text(page), status == 200 || inDoubt(status));
    }

    /** No body at all. A status 200 is billed. */
    public static Reply empty(int status) {
        return answer(status, "application/json", Content.text(""), status == 200 || inDoubt(status));
    }

    /** Any bytes of any type. A status 200 is billed. */
    public static Reply bytes(int status, String contentType, byte[] body) {
        return answer(status, contentType, video -> body.clone(), status == 200 || inDoubt(status));
    }

    /**
     * Model Studio's {@code {"code":…,"message":…,"request_id":…}}. A 5xx to a creation leaves a task behind, unless it is
     * not {@link #billed(boolean) billed}.
     */
    public static Reply refused(int status, String code, String message) {
        return answer(status, "application/json", Content.refused(code, message), inDoubt(status));
    }

    /** The gateway's rate limit, without advice on when to come back. */
    public static Reply throttled() {
        return error(429, 2003, "Rate limited");
    }

    /** The gateway's rate limit with a {@code Retry-After} of this text, sensible or not. */
    public static Reply throttled(String retryAfter) {
        return throttled().header("Retry-After", retryAfter);
    }

    /** A redirect elsewhere; not billed. */
    public static Reply redirect(int status, String location) {
        return empty(status).header("Location", location);
    }

    /** Status 200 and a JSON text of this many bytes, none of which is kept in memory; billed. */
    public static Reply huge(long bytes) {
        return answer(200, "application/json", Content.text(""), true)
                .shaped(AnswerShape.filled("{\"state\":\"", bytes, "\"}"));
    }

    static Reply atSocket(Moment moment, ConnectionEnd ending, boolean billed) {
        return answer(0, "", Content.text(""), billed).at(moment).shaped(AnswerShape.nothing(ending));
    }

    private static Reply answer(int status, String contentType, Content content, boolean billed) {
        List<Map.Entry<String, String>> headers =
                contentType.isEmpty() ? List.of() : List.of(Map.entry("Content-Type", contentType));
        return new Reply(
                Moment.REQUEST_READ,
                status,
                headers,
                content,
                AnswerShape.whole(),
                null,
                NOW,
                billed,
                TaskPlan.succeeding());
    }

    /** The statuses that leave unknown whether the video was made. */
    private static boolean inDoubt(int status) {
        return status >= 500 || status == 408;
    }

    private static boolean inDoubt(int status, int code) {
        return inDoubt(status) || BLOCKED_RESPONSES.contains(code);
    }

    /** Answers after this time instead of the simulator's own delay. */
    public Reply delayedBy(Duration time) {
        return new Reply(moment, status, headers, content, shape, time, gate, billed, plan);
    }

    /** Answers once the stage has completed, in whichever way: a test's alternative to waiting. */
    public Reply heldUntil(CompletionStage<?> stage) {
        return new Reply(moment, status, headers, content, shape, delay, stage, billed, plan);
    }

    /** Adds a response header. */
    public Reply header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Reply(moment, status, List.copyOf(more), content, shape, delay, gate, billed, plan);
    }

    /** Says whether a real account would have paid. */
    public Reply billed(boolean paid) {
        return new Reply(moment, status, headers, content, shape, delay, gate, paid, plan);
    }

    /** The course of the task that this reply to a creation leaves behind; for Model Studio only. */
    public Reply task(TaskPlan fate) {
        return new Reply(moment, status, headers, content, shape, delay, gate, billed, fate);
    }

    /** Announces the whole body, sends so many bytes of it, and closes. */
    public Reply cutAfter(int bytes) {
        return shaped(AnswerShape.cut(bytes, ConnectionEnd.CLOSE));
    }

    /** Announces the whole body, sends so many bytes of it, and then nothing more. */
    public Reply stallingAfter(int bytes) {
        return shaped(AnswerShape.cut(bytes, ConnectionEnd.HANG));
    }

    /** Sends the head at once and the body so many bytes at a time. */
    public Reply dripping(int bytes, Duration every) {
        return shaped(AnswerShape.dripping(bytes, every));
    }

    /** Sends one response header of this many bytes before the rest. */
    public Reply hugeHeader(int bytes) {
        return header("X-Huge", "x".repeat(bytes));
    }

    /** Sends response headers without end; the body never begins. */
    public Reply endlessHeaders() {
        return shaped(AnswerShape.endlessHeaders());
    }

    /** Sends the body in a chunk, its length not announced. */
    public Reply chunked() {
        return shaped(AnswerShape.chunked());
    }

    /** Closes the connection after the answer, and says so. */
    public Reply closing() {
        return header("Connection", "close").shaped(AnswerShape.closing());
    }

    Reply at(Moment when) {
        return new Reply(when, status, headers, content, shape, delay, gate, billed, plan);
    }

    Reply shaped(AnswerShape shape) {
        return new Reply(moment, status, headers, content, shape, delay, gate, billed, plan);
    }

    Moment moment() {
        return moment;
    }

    int status() {
        return status;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    byte[] body(Content.Video video) {
        return content.render(video);
    }

    AnswerShape shape() {
        return shape;
    }

    @Nullable
    Duration delay() {
        return delay;
    }

    CompletionStage<?> gate() {
        return gate;
    }

    boolean isBilled() {
        return billed;
    }

    TaskPlan plan() {
        return plan;
    }

    @Override
    public String toString() {
        return "Reply " + status + " at " + moment + " " + new String(body(Content.Video.NONE), StandardCharsets.UTF_8);
    }
}
