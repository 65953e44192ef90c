package io.github.camelhh1.simulator.task;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The course of a task, from its creation to its end. Immutable: the methods that change something return a changed
 * copy. Times are measured by the simulator's clock.
 */
public final class TaskPlan {
    private static final CompletionStage<?> NOW = CompletableFuture.completedFuture(null);
    private static final TaskPlan SUCCEEDING = new TaskPlan(null, null, null, null, null, null, NOW, NOW);

    private final @Nullable String videoUrl;
    private final @Nullable String code;
    private final @Nullable String message;
    private final @Nullable String shown;
    private final @Nullable Duration pending;
    private final @Nullable Duration running;
    private final CompletionStage<?> startGate;
    private final CompletionStage<?> endGate;

    private TaskPlan(
            @Nullable String videoUrl,
            @Nullable String code,
            @Nullable String message,
            @Nullable String shown,
            @Nullable Duration pending,
            @Nullable Duration running,
            CompletionStage<?> startGate,
            CompletionStage<?> endGate) {
        this.videoUrl = videoUrl;
        this.code = code;
        this.message = message;
        this.shown = shown;
        this.pending = pending;
        this.running = running;
        this.startGate = startGate;
        this.endGate = endGate;
    }

    /** It ends {@code SUCCEEDED} with a video of the simulator; charged then. */
    public static TaskPlan succeeding() {
        return SUCCEEDING;
    }

    /** It ends {@code SUCCEEDED} with a video link of the test's own; charged then. */
    public static TaskPlan succeeding(String videoUrl) {
        return new TaskPlan(videoUrl, null, null, null, null, null, NOW, NOW);
    }

    /** It ends {@code FAILED} with this code; never charged. */
    public static TaskPlan failing(String code, String message) {
        return new TaskPlan(null, code, message, null, null, null, NOW, NOW);
    }

    /** It is {@code PENDING} for this time, instead of a fifth of the simulator's delay. */
    public TaskPlan pending(Duration time) {
        return new TaskPlan(videoUrl, code, message, shown, time, running, startGate, endGate);
    }

    /** It is {@code RUNNING} for this time, instead of the rest of the simulator's delay. */
    public TaskPlan running(Duration time) {
        return new TaskPlan(videoUrl, code, message, shown, pending, time, startGate, endGate);
    }

    /** It stays {@code PENDING} until the stage has completed, in whichever way. */
    public TaskPlan pendingUntil(CompletionStage<?> stage) {
        return new TaskPlan(videoUrl, code, message, shown, pending, running, stage, endGate);
    }

    /** It stays {@code RUNNING} until the stage has completed, in whichever way. */
    public TaskPlan runningUntil(CompletionStage<?> stage) {
        return new TaskPlan(videoUrl, code, message, shown, pending, running, startGate, stage);
    }

    /** Polls and lists show this status instead of {@code RUNNING}: one that no page documents, for example. */
    public TaskPlan showing(String status) {
        return new TaskPlan(videoUrl, code, message, status, pending, running, startGate, endGate);
    }

    @Nullable
    String videoUrl() {
        return videoUrl;
    }

    @Nullable
    String code() {
        return code;
    }

    @Nullable
    String message() {
        return message;
    }

    @Nullable
    String shown() {
        return shown;
    }

    Duration pendingOf(Duration delay) {
        return pending == null ? delay.dividedBy(5) : pending;
    }

    Duration runningOf(Duration delay) {
        return running == null ? delay.minus(delay.dividedBy(5)) : running;
    }

    CompletionStage<?> startGate() {
        return startGate;
    }

    CompletionStage<?> endGate() {
        return endGate;
    }
}
