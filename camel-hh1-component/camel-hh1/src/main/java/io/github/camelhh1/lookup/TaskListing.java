package io.github.camelhh1.lookup;

import io.github.camelhh1.ledger.Candidate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lists all tasks of an account, also those of other programs. Safe for use by many threads. */
public interface TaskListing {

    /**
     * The tasks of a model that were created since then, in any order; perhaps older ones, too. Fails when the list cannot be
     * read now. Completes within seconds, on the rooms executor, and ends when the component stops.
     */
    CompletableFuture<List<ListedTask>> list(String model, Instant since);

    /** The same task with its prompt and its video, as far as the service names them now. Otherwise as above. */
    CompletableFuture<ListedTask> inFull(ListedTask task);

    /** The service has forgotten the tasks of before. */
    Instant earliest();

    /** Whether questions proved to be useless in this process. */
    boolean isOver();

    /**
     * A task as the service shows it.
     *
     * @param prompt null where it is not known
     */
    record ListedTask(
            String model, Candidate task, @Nullable String prompt) {}
}
