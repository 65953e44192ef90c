package io.github.camelhh1.generation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was settled when a message was accepted.
 *
 * @param nanos when, on the monotonic clock
 * @param videoFileName what the video will be called
 * @param imageName the image's file name or link, in quotes, fit for the log
 * @param cost price of the seconds asked for; null when no price or no duration is known
 */
public record Accepted(
        long nanos,
        String videoFileName,
        String imageName,
        @Nullable BigDecimal cost) {}
