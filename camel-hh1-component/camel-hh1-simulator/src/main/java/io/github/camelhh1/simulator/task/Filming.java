package io.github.camelhh1.simulator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the video that is paid for now, and returns its link: the plan's own, if there is one. */
@FunctionalInterface
public interface Filming {
    String film(@Nullable String ownUrl, Instant at);
}
