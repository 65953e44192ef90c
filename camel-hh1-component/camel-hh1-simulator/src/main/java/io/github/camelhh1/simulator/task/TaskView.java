package io.github.camelhh1.simulator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is at the moment, whether or not its id has expired.
 *
 * @param request the number of the request that created it
 * @param status as a poll shows it
 * @param started when it left {@code PENDING}; {@code null} before, and when it was cancelled
 * @param ended when it succeeded, failed or was cancelled
 * @param videoUrl once it has succeeded
 */
public record TaskView(
        String id,
        int request,
        String model,
        String image,
        @Nullable String prompt,
        String status,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable String videoUrl) {}
