package io.github.camelhh1.lookup;

import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.lookup.TaskListing.ListedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names the tasks that may be those of runs whose create was not answered: of the same model, created about when the run
 * was sent, with the same prompt where both are known, and of no run of the ledger. It changes no run. Safe for use by many
 * threads.
 */
public final class Candidates {
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration AFTER = Duration.ofSeconds(60);
    private static final int MOST_OF_A_RUN = 20;
    /** The service is asked for the prompt and the video of at most this number of tasks. */
    private static final int MOST_IN_FULL = 10;

    /** A run that is sent again keeps the time at which it was first asked for. */
    private static final Duration OLDEST_OWNER = Duration.ofDays(30);

    private static final int MOST_OWNERS = 1_000;

    /** Reads the ledger. */
    public interface Ledger {
        /** Not on the calling thread; goes on on the rooms executor. */
        <T> CompletableFuture<T> later(Function<LedgerSession, T> work);
    }

    private final TaskListing tasks;
    private final Ledger ledger;

    public Candidates(TaskListing tasks, Ledger ledger) {
        this.tasks = tasks;
        this.ledger = ledger;
    }

    /** Whether questions proved to be useless in this process. */
    boolean isOver() {
        return tasks.isOver();
    }

    /** Those of the account's run; empty also where the service could not be asked. The stage never fails. */
    CompletableFuture<List<Candidate>> of(String account, String runId, String prompt) {
        return ledger.later(session -> session.find(runId))
                .thenCompose(run -> of(account, run.stream().toList(), prompt))
                .handle((found, error) -> found == null ? List.of() : found.getOrDefault(runId, List.of()));
    }

    /**
     * By run id, the earliest first. A run of the list has an entry when the service was asked for it. The stage never fails,
     * and is done at once where there is nothing to ask.
     *
     * @param account whose tasks are listed; runs of others have no entry
     * @param prompt of each of these runs, empty for none; null where it is not known
     */
    public CompletableFuture<Map<String, List<Candidate>>> of(String account, List<Run> runs, @Nullable String prompt) {
        Map<String, Instant> since = new HashMap<>();
        var lost = new ArrayList<Run>();
        for (Run run : runs) {
            if (run.asked().account().equals(account) && mayBeListed(run)) {
                lost.add(run);
                since.merge(run.asked().model(), from(run), (one, two) -> one.isBefore(two) ? one : two);
            }
        }
        if (lost.isEmpty() || tasks.isOver()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        var listed = CompletableFuture.completedFuture(List.<ListedTask>of());
        for (Map.Entry<String, Instant> model : since.entrySet()) {
            listed = listed.thenCombine(tasks.list(model.getKey(), model.getValue()), Candidates::both);
        }
        return listed.thenCompose(all -> ofNobody(near(lost, all)))
                .thenCompose(this::inFull)
                .thenApply(free -> named(lost, free, prompt))
                .exceptionally(unread -> Map.of());
    }

    /** Whether the service may have made a task for it whose name never came, and may still know the task. */
    private boolean mayBeListed(Run run) {
        return run.state() == RunState.UNKNOWN
                && run.taskId() == null
                && run.sentAt() != null
                && !run.sentAt().isBefore(tasks.earliest())
                && !run.hasLink();
    }

    private static Instant from(Run run) {
        return Objects.requireNonNull(run.sentAt(), "not sent").minus(BEFORE);
    }

    private static List<ListedTask> both(List<ListedTask> some, List<ListedTask> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static List<ListedTask> near(List<Run> lost, List<ListedTask> all) {
        return all.stream()
                .filter(task -> lost.stream().anyMatch(run -> isNear(task, run)))
                .toList();
    }

    private static boolean isNear(ListedTask task, Run run) {
        Instant from = from(run);
        Instant created = task.task().createdAt();
        return task.model().equals(run.asked().model())
                && !created.isBefore(from)
                && !created.isAfter(from.plus(BEFORE).plus(AFTER));
    }

    /** Asks the ledger after the service: a task that is listed may get its run meanwhile. */
    private CompletableFuture<List<ListedTask>> ofNobody(List<ListedTask> near) {
        if (near.isEmpty()) {
            return CompletableFuture.completedFuture(near);
        }
        Set<String> ids = near.stream().map(task -> task.task().taskId()).collect(Collectors.toSet());
        Instant since = near.stream()
                .map(task -> task.task().createdAt())
                .min(Comparator.naturalOrder())
                .orElseThrow()
                .minus(OLDEST_OWNER);
        return ledger.later(session -> session.list(Run.Filter.ofTasks(ids, since), MOST_OWNERS, 0))
                .thenApply(owners -> {
                    owners.forEach(run -> ids.remove(run.taskId()));
                    return near.stream()
                            .filter(task -> ids.remove(task.task().taskId()))
                            .sorted(Comparator.comparing(task -> task.task().createdAt()))
                            .toList();
                });
    }

    /** A task whose own answer cannot be read stays as it was listed. */
    private CompletableFuture<List<ListedTask>> inFull(List<ListedTask> free) {
        var all = CompletableFuture.completedFuture(List.<ListedTask>of());
        int asked = 0;
        for (ListedTask task : free) {
            boolean ended = task.task().status().equals("SUCCEEDED") && asked++ < MOST_IN_FULL;
            var whole =
                    ended ? tasks.inFull(task).exceptionally(unread -> task) : CompletableFuture.completedFuture(task);
            all = all.thenCombine(whole, (some, one) -> both(some, List.of(one)));
        }
        return all;
    }

    private static Map<String, List<Candidate>> named(List<Run> lost, List<ListedTask> free, @Nullable String prompt) {
        Map<String, List<Candidate>> named = new HashMap<>();
        for (Run run : lost) {
            named.put(
                    run.runId(),
                    free.stream()
                            .filter(task -> isNear(task, run) && mayHave(task.prompt(), prompt))
                            .limit(MOST_OF_A_RUN)
                            .map(ListedTask::task)
                            .toList());
        }
        return named;
    }

    /** The service cuts a long prompt. */
    private static boolean mayHave(@Nullable String shown, @Nullable String asked) {
        if (shown == null || asked == null) {
            return true;
        }
        String cut = plain(shown);
        return cut.isEmpty() ? plain(asked).isEmpty() : plain(asked).startsWith(cut);
    }

    private static String plain(String prompt) {
        return prompt.strip().replaceAll("\\s+", " ");
    }
}
