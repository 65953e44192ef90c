package io.github.camelhh1.simulator.task;

/**
 * The limits of an account. A call above a rate gets 429 {@code Throttling.RateQuota}.
 *
 * @param createsPerSecond limit of creations
 * @param callsPerSecond limit of polls; lists and cancellations have the same one each
 * @param tasksAtOnce how many tasks may be in work
 * @param queueing whether a task above that limit waits as {@code PENDING}; otherwise its creation gets 429 {@code
 *     Throttling.AllocationQuota}. Which of the two the service does is not known.
 */
public record TaskLimits(int createsPerSecond, int callsPerSecond, int tasksAtOnce, boolean queueing) {

    /** No limits: the default. */
    public static TaskLimits none() {
        return new TaskLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, true);
    }

    /** 10 creations and 20 polls a second, 5 tasks at once; the sixth is refused. */
    public static TaskLimits documented() {
        return new TaskLimits(10, 20, 5, false);
    }

    public TaskLimits createsPerSecond(int limit) {
        return new TaskLimits(limit, callsPerSecond, tasksAtOnce, queueing);
    }

    public TaskLimits callsPerSecond(int limit) {
        return new TaskLimits(createsPerSecond, limit, tasksAtOnce, queueing);
    }

    public TaskLimits tasksAtOnce(int limit) {
        return new TaskLimits(createsPerSecond, callsPerSecond, limit, queueing);
    }

    public TaskLimits queueing(boolean waits) {
        return new TaskLimits(createsPerSecond, callsPerSecond, tasksAtOnce, waits);
    }
}
