package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.task.TaskKind;
import io.github.camelhh1.simulator.task.TaskLimits;
import io.github.camelhh1.simulator.task.TaskView;
import java.util.List;
import java.util.Set;

/**
 * Alibaba Model Studio, the same model with tasks: on the port, with the key, the images, the charges and the script of
 * its {@link Hh1Simulator}. {@link Hh1Simulator#script} and {@link Hh1Simulator#when} hold for creations, which count
 * as run requests; {@link Reply#task} gives the course of the task. A reply that is {@link Reply#billed(boolean)
 * billed} leaves a task behind, whether or not its answer arrives; the task itself is charged when it succeeds.
 */
public final class ModelStudio {
    private final Engine engine;

    ModelStudio(Engine engine) {
        this.engine = engine;
    }

    /** The base URL of the API, with {@code /api/v1}: creations go to {@code /services/aigc/…}, polls to {@code /tasks/…}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + engine.server.port() + TaskApi.BASE;
    }

    /** All tasks as they are now, oldest first. */
    public List<TaskView> tasks() {
        return engine.tasks.board().views();
    }

    /** The next polls get these replies, one each. */
    public ModelStudio scriptPoll(Reply... next) {
        engine.script.add(TaskKind.POLL, List.of(next));
        return this;
    }

    /** The next lists get these replies, one each. */
    public ModelStudio scriptList(Reply... next) {
        engine.script.add(TaskKind.LIST, List.of(next));
        return this;
    }

    /** The next cancellations get these replies, one each; one that is not billed takes no effect. */
    public ModelStudio scriptCancel(Reply... next) {
        engine.script.add(TaskKind.CANCEL, List.of(next));
        return this;
    }

    /** The limits of the account, from now until {@link Hh1Simulator#reset}; at first there are no limits. */
    public ModelStudio limits(TaskLimits limits) {
        engine.tasks.board().limits(limits);
        return this;
    }

    /** The models that this region has, from now until {@link Hh1Simulator#reset}; at first those of Singapore. */
    public ModelStudio offer(String... models) {
        engine.tasks.offer(Set.of(models));
        return this;
    }

    /** The creations that reached the simulator, oldest first; the latest 10,000, as in the next three. */
    public List<ReceivedRequest> creates() {
        return engine.meter().calls(TaskKind.CREATE);
    }

    public List<ReceivedRequest> polls() {
        return engine.meter().calls(TaskKind.POLL);
    }

    public List<ReceivedRequest> lists() {
        return engine.meter().calls(TaskKind.LIST);
    }

    public List<ReceivedRequest> cancels() {
        return engine.meter().calls(TaskKind.CANCEL);
    }

    /** How many polls there were, those included that {@link #polls} no longer has. */
    public int pollCount() {
        return engine.meter().callCount(TaskKind.POLL);
    }
}
