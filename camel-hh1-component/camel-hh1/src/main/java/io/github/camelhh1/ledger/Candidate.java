package io.github.camelhh1.ledger;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that may be that of a run whose create was not answered. Nothing proves it: a person decides.
 *
 * @param status as the service writes it, such as {@code RUNNING}
 * @param createdAt by the service's clock
 * @param videoUrl the whole link, which {@code hh1:adopt} takes; null where the service names none
 */
public record Candidate(
        String taskId,
        String status,
        Instant createdAt,
        @Nullable String videoUrl) implements Serializable {

    /** For the note of a person who settles the run: it holds the whole link, so it is for no log. */
    public String line() {
        String link = videoUrl == null ? "" : " " + videoUrl;
        return "task " + taskId + ", created at " + createdAt + ", " + status + link;
    }
}
