package io.github.camelhh1.simulator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task's record; the board's lock guards it. */
final class Task {
    enum Status {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED
    }

    final String id;
    final TaskOrder order;
    final TaskPlan plan;
    final Duration delay;
    final Instant created;
    private final CompletableFuture<Filming> startable;
    Status status = Status.PENDING;

    @Nullable
    Instant started;

    @Nullable
    Instant ended;

    @Nullable
    String videoUrl;

    @Nullable
    String code;

    @Nullable
    String message;

    Task(
            String id,
            TaskOrder order,
            TaskPlan plan,
            Duration delay,
            CompletableFuture<Filming> startable,
            Instant created) {
        this.id = id;
        this.order = order;
        this.plan = plan;
        this.delay = delay;
        this.startable = startable;
        this.created = created;
    }

    /** {@code null} when its image could not be had. */
    @Nullable
    Filming filming() {
        return startable.isCompletedExceptionally() ? null : startable.getNow(null);
    }

    String shown() {
        return status == Status.RUNNING && plan.shown() != null ? plan.shown() : status.name();
    }

    void failed(@Nullable String withCode, @Nullable String withMessage) {
        status = Status.FAILED;
        code = withCode;
        message = withMessage;
    }

    TaskView view() {
        return new TaskView(
                id,
                order.request(),
                order.model(),
                order.image(),
                order.prompt(),
                shown(),
                created,
                started,
                ended,
                videoUrl);
    }
}
