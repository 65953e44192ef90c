/**
 * The tasks of Model Studio. {@link io.github.camelhh1.simulator.task.TaskPlan}, {@link
 * io.github.camelhh1.simulator.task.TaskLimits} and {@link io.github.camelhh1.simulator.task.TaskView} are for tests; the
 * rest is internal. It depends on no other part of the simulator.
 */
@NullMarked
package io.github.camelhh1.simulator.task;

import org.jspecify.annotations.NullMarked;
