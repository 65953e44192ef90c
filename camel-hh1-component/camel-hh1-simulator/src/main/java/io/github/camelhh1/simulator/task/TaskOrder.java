package io.github.camelhh1.simulator.task;

import org.jspecify.annotations.Nullable;

/**
 * The request that created a task.
 *
 * @param request the number of the request
 * @param requestId the id that the service gave the request
 */
public record TaskOrder(
        int request,
        String requestId,
        String model,
        String image,
        @Nullable String prompt,
        String resolution,
        int seconds) {}
