package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.ModelWork.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of the service of the model check. A value. Whoever asks for a task hears the same.
 *
 * @param used whether the service answers a POST with a task's name instead of a video
 */
record ModelTasks(boolean used, List<Task> all) {
    private static final List<Ended> OF_A_VIDEO =
            List.of(Ended.COMPLETED, Ended.UNKNOWN, Ended.UNSENT, Ended.REJECTED, Ended.FAILED);
    private static final List<Ended> OF_A_CREATION = List.of(Ended.NOTED, Ended.UNKNOWN, Ended.UNSENT, Ended.REJECTED);
    private static final List<Ended> OF_A_TASK = List.of(Ended.COMPLETED, Ended.REJECTED, Ended.UNKNOWN);

    /**
     * A task.
     *
     * @param round how often the run was forgotten when its POST began
     * @param link null while it has no video
     * @param failed it is not billed
     * @param noted the ledger has acknowledged its name
     */
    record Task(Attempt attempt, int round, @Nullable String link, boolean failed, boolean noted) {}

    static ModelTasks fresh(boolean used) {
        return new ModelTasks(used, List.of());
    }

    static String name(int number) {
        return "task" + number;
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring("task".length()));
    }

    Task task(String name) {
        return all.get(number(name));
    }

    ModelTasks created(Attempt attempt, int round) {
        var more = new ArrayList<>(all);
        more.add(new Task(attempt, round, null, false, false));
        return new ModelTasks(used, List.copyOf(more));
    }

    ModelTasks completed(String name, String link) {
        Task was = task(name);
        return with(name, new Task(was.attempt(), was.round(), link, false, was.noted()));
    }

    ModelTasks failed(String name) {
        Task was = task(name);
        return with(name, new Task(was.attempt(), was.round(), null, true, was.noted()));
    }

    ModelTasks noted(String name) {
        Task was = task(name);
        return with(name, new Task(was.attempt(), was.round(), was.link(), was.failed(), true));
    }

    private ModelTasks with(String name, Task now) {
        int number = number(name);
        return new ModelTasks(
                used,
                IntStream.range(0, all.size())
                        .mapToObj(at -> at == number ? now : all.get(at))
                        .toList());
    }

    /** To a POST, or to a question for its task. That a node gives up is an answer too. */
    List<Ended> answers(@Nullable String name) {
        if (name == null) {
            return used ? OF_A_CREATION : OF_A_VIDEO;
        }
        Task task = task(name);
        if (task.failed()) {
            return List.of(Ended.REJECTED, Ended.UNKNOWN);
        }
        return task.link() != null ? List.of(Ended.COMPLETED, Ended.UNKNOWN) : OF_A_TASK;
    }

    /** Whether one goes on, or has a video, whose name the ledger has had since the run was last forgotten. */
    boolean mayBePaid(int round) {
        return all.stream().anyMatch(task -> task.noted() && !task.failed() && task.round() == round);
    }

    /** An attempt that may be paid keeps its task's name. */
    boolean isForgotten(@Nullable RunRow row, int round) {
        Run run = row == null ? null : row.run();
        return run != null
                && run.taskId() == null
                && (run.state() == RunState.SENT || run.state() == RunState.UNKNOWN)
                && all.stream()
                        .anyMatch(task -> task.noted()
                                && task.round() == round
                                && task.attempt().number() == run.attempt());
    }
}
