package io.github.camelhh1.modelstudio;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Task;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.service.Answers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One task, from its creation, or from where an earlier node left it, to its outcome. Each step begins when the one before
 * has ended. Cancelling it while the task is being created ends the call; later it asks for the last time, once it has
 * cancelled a task that has not begun, and then ends by itself. A task that goes on is unknown: the ledger has its id.
 */
final class TaskCall extends CompletableFuture<Outcome> {
    private static final Duration LAST_QUESTION = Duration.ofSeconds(20);

    private final TaskClient client;
    private final Pace pace;
    private final InstantSource clock;
    private final Generation generation;
    private final String key;

    private volatile boolean late;
    /** Ends the step that is being waited for. */
    private volatile Runnable interrupt = () -> {};

    private volatile String id = "";
    private volatile Trace made = Trace.UNANSWERED;
    private volatile String status = TaskAnswer.PENDING;
    private volatile String seen = TaskAnswer.PENDING;
    /** Each is asked when the one before has been answered. */
    private final AtomicInteger questions = new AtomicInteger();

    TaskCall(TaskClient client, InstantSource clock, Generation generation) {
        this.client = client;
        this.pace = client.pace();
        this.clock = clock;
        this.generation = generation;
        this.key = generation.credentials();
    }

    void create() {
        var sent = client.create(generation);
        step(sent, () -> {
            if (sent.cancel(true)) {
                super.cancel(true);
            }
        });
        sent.whenComplete((result, cancelled) -> {
            if (result != null) {
                created(result);
            }
        });
    }

    /** The first question comes at once, in its turn. */
    void resume(String task) {
        id = task;
        made = made.task(task);
        seen = "not asked for yet by this node";
        turn(pace.polls().turn(), this::ask);
    }

    private void created(HttpResult result) {
        if (!(result instanceof HttpResult.Answer answer)) {
            complete(Answers.unanswered((HttpResult.Failure) result, begun -> TaskAnswer.of(begun, key)
                    .trace()));
            return;
        }
        TaskAnswer read = TaskAnswer.of(answer, key);
        String named = read.created();
        if (named == null) {
            complete(read.refused(clock));
            return;
        }
        made = read.trace().task(named);
        id = named;
        // Nobody asks before the ledger has the id, and the deadline does not wait for a ledger.
        interrupt = () -> complete(unknown("generationTimeout was over before the ledger had its id"));
        var noting = generation.tasks().apply(named);
        // Read after interrupt was written, as in step: a cancellation that ran meanwhile found only the creation.
        if (late && !noting.toCompletableFuture().isDone()) {
            interrupt.run();
        }
        noting.whenComplete((noted, error) -> next());
    }

    private void next() {
        if (late) {
            askForTheLastTime();
            return;
        }
        Task task = generation.task();
        if (task != null && task.once()) {
            complete(unknown("the service was asked, and names no end of it"));
            return;
        }
        int question = questions.incrementAndGet();
        if (question == 1 && isOverdue() && status.equals(TaskAnswer.PENDING)) {
            // Nobody waits any more, and a task that has not begun is not billed. The next answer tells whether it
            // ended.
            var cancelled = client.cancel(id, key);
            step(cancelled, () -> cancelled.cancel(true));
            cancelled.whenComplete((result, error) -> next());
            return;
        }
        turn(pace.after(question), () -> turn(pace.polls().turn(), this::ask));
    }

    private boolean isOverdue() {
        Task task = generation.task();
        return task != null && task.overdue();
    }

    /** Goes on at the turn, or when this task is late. */
    private void turn(CompletableFuture<Boolean> turn, Runnable then) {
        step(turn, () -> turn.complete(false));
        turn.thenAccept(passed -> {
            if (passed) {
                then.run();
            } else if (late) {
                askForTheLastTime();
            } else {
                complete(unknown("the component stopped"));
            }
        });
    }

    private void ask() {
        var asked = client.poll(id, key);
        step(asked, () -> asked.cancel(true));
        asked.whenComplete(read(this::next));
    }

    private void step(CompletableFuture<?> step, Runnable end) {
        interrupt = end;
        // Read after it was written, so that a cancel that runs meanwhile misses no step.
        if (late && !step.isDone()) {
            end.run();
        }
    }

    private BiConsumer<@Nullable HttpResult, @Nullable Throwable> read(Runnable goesOn) {
        return (result, error) -> {
            String told = "";
            if (result instanceof HttpResult.Answer answer) {
                TaskAnswer read = TaskAnswer.of(answer, key);
                Outcome ending = read.ending(id, made);
                seen = read.describe(id);
                told = read.status(id);
                status = told.isEmpty() ? status : told;
                if (ending != null) {
                    complete(ending);
                    return;
                } else if (generation.task() != null && read.refusesTheKey()) {
                    complete(unknown("the service refused the API key"));
                    return;
                }
            } else if (result instanceof HttpResult.Failure failure) {
                seen = status + ", and the last question got no answer: " + Answers.describe(failure.cause());
            }
            if (isForAnother(told)) {
                complete(unknown("another endpoint or node of its account may learn more"));
            } else {
                goesOn.run();
            }
        };
    }

    /**
     * Whether a resumed task is left to other endpoints: one that the service does not know by this key, and one of which it
     * says nothing while nobody waits here.
     */
    private boolean isForAnother(String told) {
        return (generation.task() != null && told.equals(TaskAnswer.UNKNOWN)) || (isOverdue() && told.isEmpty());
    }

    private void askForTheLastTime() {
        if (isOverdue()) {
            complete(unknown("the service was about to forget it"));
            return;
        }
        Runnable giveUp = () -> complete(unknown("it had not ended when generationTimeout was over"));
        var limit = pace.timers().after(LAST_QUESTION);
        limit.thenRun(giveUp);
        whenComplete((outcome, error) -> limit.complete(false));
        // In its turn: many tasks may have the same deadline. Those that come too late are asked for in the background.
        pace.polls().turn().thenAccept(passed -> {
            if (!isDone()) {
                var cancelled = status.equals(TaskAnswer.PENDING)
                        ? client.cancel(id, key)
                        : CompletableFuture.<@Nullable HttpResult>completedFuture(null);
                cancelled.whenComplete((result, error) -> client.poll(id, key).whenComplete(read(giveUp)));
            }
        });
    }

    private Outcome unknown(String reason) {
        return new Outcome.Unknown(
                "task " + id + ": " + reason + " (the last that is known: " + seen + ")", null, made);
    }

    /** The deadline has passed. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        late = true;
        interrupt.run();
        return isCancelled();
    }
}
