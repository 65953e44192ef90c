package io.github.camelhh1.simulator.task;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All tasks of an account. The first reader performs the changes that are due by the clock, in the order of their
 * times. So no task needs a thread or a timer.
 */
public final class TaskBoard {
    static final Duration LIFETIME = Duration.ofHours(24);

    private record Step(Instant due, long number, Consumer<Instant> action) {}

    private final Clock clock;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparing(Step::due).thenComparing(Step::number));
    private final Queue<Task> waiting = new ArrayDeque<>();
    private final Map<TaskKind, Queue<Instant>> lastSecond = new EnumMap<>(TaskKind.class);
    private TaskLimits limits = TaskLimits.none();
    private long stepNumber;
    private int unfinished;
    private int running;

    public TaskBoard(Clock clock) {
        this.clock = clock;
    }

    public synchronized void limits(TaskLimits next) {
        advance();
        limits = next;
        startWaiting(clock.instant());
    }

    /** Why this call is one too many within a second; {@code null} when it is not. */
    public synchronized @Nullable Refused throttled(TaskKind kind) {
        int limit = kind == TaskKind.CREATE ? limits.createsPerSecond() : limits.callsPerSecond();
        if (limit == Integer.MAX_VALUE) {
            return null;
        }
        Instant now = clock.instant();
        Queue<Instant> calls = lastSecond.computeIfAbsent(kind, any -> new ArrayDeque<>());
        calls.removeIf(call -> !now.isBefore(call.plusSeconds(1)));
        return calls.size() < limit && calls.add(now) ? null : Refused.rate();
    }

    /** Why no task is taken on now; {@code null} when one is. */
    public synchronized @Nullable Refused full() {
        advance();
        return !limits.queueing() && unfinished >= limits.tasksAtOnce() ? Refused.tasksAtOnce() : null;
    }

    /**
     * Takes a task on.
     *
     * @param delay from now to its end, unless the plan has times of its own
     * @param image completes when the image has been looked at
     */
    public synchronized TaskView create(
            TaskOrder order, TaskPlan plan, Duration delay, CompletionStage<Filming> image) {
        advance();
        CompletableFuture<Filming> startable = plan.startGate()
                .handle((value, problem) -> image)
                .thenCompose(Function.identity())
                .toCompletableFuture();
        Task task = new Task(UUID.randomUUID().toString(), order, plan, delay, startable, clock.instant());
        tasks.put(task.id, task);
        unfinished++;
        at(task.created.plus(plan.pendingOf(delay)), time -> after(startable, time, opened -> startable(task, opened)));
        advance();
        return task.view();
    }

    /** The task of this id as it is now; {@code null} when there is none, or its id has expired. */
    synchronized @Nullable Task find(String id) {
        advance();
        Task task = tasks.get(id);
        return task == null || expired(task) ? null : task;
    }

    /** The tasks whose ids have not expired, oldest first; to be read under this board's lock. */
    synchronized Stream<Task> living() {
        advance();
        return tasks.values().stream().filter(task -> !expired(task));
    }

    Instant now() {
        return clock.instant();
    }

    private boolean expired(Task task) {
        return !clock.instant().isBefore(task.created.plus(LIFETIME));
    }

    /** The link of the task's video; empty when there is none. */
    public synchronized String videoUrl(String id) {
        Task task = find(id);
        return task == null || task.videoUrl == null ? "" : task.videoUrl;
    }

    /** Whether there was a task that could still be cancelled. */
    public synchronized boolean cancel(String id) {
        Task task = find(id);
        if (task == null || task.status != Task.Status.PENDING) {
            return false;
        }
        task.status = Task.Status.CANCELED;
        waiting.remove(task);
        ended(task, clock.instant());
        return true;
    }

    /** All of them, expired ones included, oldest first. */
    public synchronized List<TaskView> views() {
        advance();
        return tasks.values().stream().map(Task::view).toList();
    }

    public synchronized void clear() {
        tasks.clear();
        steps.clear();
        waiting.clear();
        lastSecond.clear();
        unfinished = 0;
        running = 0;
        limits = TaskLimits.none();
    }

    /** Performs the changes that are due. */
    public synchronized void advance() {
        Instant now = clock.instant();
        for (Step next = steps.peek(); next != null && !next.due().isAfter(now); next = steps.peek()) {
            steps.remove();
            next.action().accept(next.due());
        }
    }

    private void at(Instant due, Consumer<Instant> action) {
        steps.add(new Step(due, stepNumber++, action));
    }

    /** If the stage has completed, goes on at once, with the due time. Otherwise goes on when it completes. */
    private void after(CompletionStage<?> stage, Instant then, Consumer<Instant> action) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        if (future.isDone()) {
            action.accept(then);
            return;
        }
        future.whenComplete((value, problem) -> {
            synchronized (this) {
                advance();
                action.accept(clock.instant());
            }
        });
    }

    private void startable(Task task, Instant time) {
        if (tasks.get(task.id) != task || task.status != Task.Status.PENDING) {
            return;
        }
        if (task.filming() == null) {
            task.started = time;
            task.failed(
                    "InvalidParameter.DataInspection",
                    "Unable to download the media resource during the data inspection process.");
            ended(task, time);
        } else if (running >= limits.tasksAtOnce()) {
            waiting.add(task);
        } else {
            start(task, time);
        }
    }

    private void start(Task task, Instant time) {
        task.status = Task.Status.RUNNING;
        task.started = time;
        running++;
        at(
                time.plus(task.plan.runningOf(task.delay)),
                due -> after(task.plan.endGate(), due, opened -> finish(task, opened)));
    }

    private void finish(Task task, Instant time) {
        if (tasks.get(task.id) != task) {
            return;
        }
        running--;
        if (task.plan.code() != null) {
            task.failed(task.plan.code(), task.plan.message());
        } else {
            Filming filming = Objects.requireNonNull(task.filming());
            task.status = Task.Status.SUCCEEDED;
            task.videoUrl = filming.film(task.plan.videoUrl(), time);
        }
        ended(task, time);
        startWaiting(time);
    }

    private void startWaiting(Instant time) {
        while (running < limits.tasksAtOnce() && !waiting.isEmpty()) {
            start(waiting.remove(), time);
        }
    }

    private void ended(Task task, Instant time) {
        task.ended = time;
        unfinished--;
    }
}
