package io.github.camelhh1.modelstudio;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.http.HttpResult.Answer;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.lookup.LookupPace;
import io.github.camelhh1.lookup.TaskListing;
import io.github.camelhh1.text.CleanText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the list of the account's tasks, page by page, each in its turn among the look-ups of the component and apart from
 * the questions for tasks. The service may ignore a filter, so the model is compared again in every row.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/model-studio/manage-asynchronous-tasks">the API</a>
 */
final class TaskLister implements TaskListing {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TaskClient client;
    private final Supplier<CompletableFuture<String>> keys;
    private final InstantSource clock;
    private final Consumer<String> warnings;
    private final LookupPace pace;
    private volatile boolean over;

    TaskLister(
            TaskClient client,
            Supplier<CompletableFuture<String>> keys,
            InstantSource clock,
            LookupPace pace,
            Consumer<String> warnings) {
        this.client = client;
        this.keys = keys;
        this.clock = clock;
        this.warnings = warnings;
        this.pace = pace;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public Instant earliest() {
        return clock.instant().minus(Run.TASK_LIFE);
    }

    @Override
    public CompletableFuture<List<ListedTask>> list(String model, Instant since) {
        return withKey(key -> pages(key, model, since, 1, new ArrayList<>()));
    }

    @Override
    public CompletableFuture<ListedTask> inFull(ListedTask task) {
        String id = task.task().taskId();
        return withKey(key -> asked(client.account().taskUri(id), key).thenApply(answer -> {
            Candidate listed = task.task();
            String link = answer.ending(id, Trace.NONE) instanceof Outcome.Completed completed
                    ? completed.completion().videoUrl()
                    : null;
            var whole = new Candidate(id, listed.status(), listed.createdAt(), link);
            return new ListedTask(task.model(), whole, answer.prompt());
        }));
    }

    private <T> CompletableFuture<T> withKey(Function<String, CompletionStage<T>> work) {
        var key = keys.get();
        return TimeLimit.of(key.thenCompose(work), PATIENCE, client.pace().timers(), "no answer", late -> {})
                .whenComplete((done, error) -> key.cancel(false));
    }

    private CompletionStage<List<ListedTask>> pages(
            String key, String model, Instant since, int page, List<ListedTask> all) {
        return asked(client.account().listUri(model, page, PAGE), key).thenCompose(answer -> {
            List<?> rows = answer.rows();
            if (rows == null) {
                return CompletableFuture.failedStage(new IllegalStateException("it is no list of tasks"));
            }
            List<ListedTask> listed =
                    rows.stream().flatMap(row -> listed(row).stream()).toList();
            listed.stream().filter(task -> task.model().equals(model)).forEach(all::add);
            boolean more = rows.size() == PAGE && !isPast(listed, since);
            if (more && page == MOST_PAGES) {
                return CompletableFuture.failedStage(new IllegalStateException("it has more pages than are read"));
            }
            return more ? pages(key, model, since, page + 1, all) : CompletableFuture.completedStage(all);
        });
    }

    /** Whether the pages behind hold earlier tasks only. Their order is documented nowhere. */
    private static boolean isPast(List<ListedTask> page, Instant since) {
        Instant first = page.isEmpty() ? since : page.get(0).task().createdAt();
        Instant last = page.isEmpty() ? since : page.get(page.size() - 1).task().createdAt();
        return last.isBefore(since) && last.isBefore(first);
    }

    private CompletableFuture<TaskAnswer> asked(URI uri, String key) {
        if (key.isEmpty()) {
            // The service would refuse it, and a supplier may give one later.
            return CompletableFuture.failedFuture(new IllegalStateException("no key"));
        }
        return pace.turn().thenCompose(passed -> client.get(uri, key)).thenApply(result -> read(result, key));
    }

    private TaskAnswer read(HttpResult result, String key) {
        if (!(result instanceof Answer answer)) {
            throw new IllegalStateException("no answer");
        }
        TaskAnswer read = TaskAnswer.of(answer, key);
        if (read.refusesTheKey()) {
            over = true;
            warnings.accept("cannot be listed with this API key (HTTP status " + answer.status()
                    + "), so the tasks that may be those of creates without an answer are not named until a restart");
        }
        return read;
    }

    /** Empty when it names no task, or no time. */
    private static Optional<ListedTask> listed(Object found) {
        Map<?, ?> row = found instanceof Map<?, ?> fields ? fields : Map.of();
        String id = String.valueOf(row.get("task_id"));
        if (!TaskAnswer.isId(id) || !(row.get("gmt_create") instanceof Number created)) {
            return Optional.empty();
        }
        String status = CleanText.of(String.valueOf(row.get("status"))).toUpperCase(Locale.ROOT);
        var task = new Candidate(id, status, Instant.ofEpochMilli(created.longValue()), null);
        return Optional.of(new ListedTask(String.valueOf(row.get("model_name")), task, null));
    }
}
