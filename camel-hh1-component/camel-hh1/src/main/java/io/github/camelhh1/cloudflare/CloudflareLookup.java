package io.github.camelhh1.cloudflare;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.http.HttpResult.Answer;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.lookup.Lookup;
import io.github.camelhh1.service.Answers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls in the logs of the AI Gateway, by the name that each was sent with. The service ignores a filter that it does
 * not understand, so the name is compared again in every record.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/ai_gateway/subresources/logs/methods/list/">the API</a>
 */
public final class CloudflareLookup implements Lookup {
    private static final int PAGE = 50;
    private static final int MOST_PAGES = 20;
    /** One POST has one record, or one for each time that the gateway repeats it. */
    private static final int MOST_RECORDS = 6;

    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** A call's record comes when the service is done with it, which may be long after its connection was cut. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(20);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final GatewayLogs logs;
    private final @Nullable String logsKey;
    private final Supplier<CompletableFuture<String>> keys;
    private final Timers timers;
    private final InstantSource clock;
    private final EnvelopeReader answers;

    /**
     * @param logsKey a token that may read the logs; null for that of the calls
     * @param keys the token of the calls
     */
    public CloudflareLookup(
            GatewayLogs logs,
            @Nullable String logsKey,
            Supplier<CompletableFuture<String>> keys,
            Timers timers,
            InstantSource clock) {
        this.logs = logs;
        this.logsKey = logsKey;
        this.keys = keys;
        this.timers = timers;
        this.clock = clock;
        this.answers = new EnvelopeReader(clock);
    }

    @Override
    public boolean isOver() {
        return logs.isOver();
    }

    @Override
    public Duration pause() {
        return logs.pause();
    }

    /** Reads the settings of the gateway, beside the call, until they are known. */
    void begin(String key) {
        logs.begin(logsKey == null ? key : logsKey);
    }

    @Override
    public CompletionStage<Finding> look(SentCall call) {
        if (logs.isThrottled()) {
            return CompletableFuture.completedStage(Finding.NOTHING);
        }
        var key = logsKey == null ? keys.get() : CompletableFuture.completedFuture(logsKey);
        long asked = timers.nanoTime();
        var found = key.thenCompose(known -> {
            var look = new Look(call, known);
            return logs.settings(known).thenCompose(read -> look.find()).thenApply(finding -> {
                logs.works(asked, look.hasRows);
                return finding;
            });
        });
        return TimeLimit.of(found, LONGEST, timers, "no answer", late -> {}).exceptionally(failure -> {
            key.cancel(true);
            return Finding.NOTHING;
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private final class Look {
        private final SentCall call;
        private final String key;
        private final List<LogRow> own = new ArrayList<>();
        private volatile boolean hasRows;

        Look(SentCall call, String key) {
            this.call = call;
            this.key = key;
        }

        CompletionStage<Finding> find() {
            String filter = "[{\"key\":\"metadata.value\",\"operator\":\"eq\",\"value\":[\"" + call.id() + "\"]}]";
            return pages("&filters=" + encoded(filter), 1)
                    .thenCompose(all -> own.isEmpty() && call.logId() != null ? named(call.logId()) : done())
                    .thenCompose(all -> own.isEmpty() ? nothing() : judged());
        }

        private CompletionStage<List<LogRow>> done() {
            return CompletableFuture.completedStage(own);
        }

        /** The newest records come first; none is older than the call. */
        private CompletionStage<List<LogRow>> pages(String filters, int page) {
            return list(page, PAGE, filters).thenCompose(rows -> {
                rows.stream().filter(LogRow::own).forEach(own::add);
                Instant oldest =
                        rows.isEmpty() ? null : rows.get(rows.size() - 1).created();
                Instant sent = clock.instant().minus(call.age()).minus(CLOCKS_DIFFER);
                boolean more = rows.size() == PAGE && page < MOST_PAGES && (oldest == null || oldest.isAfter(sent));
                return more ? pages(filters, page + 1) : done();
            });
        }

        private CompletionStage<List<LogRow>> list(int page, int size, String filters) {
            String order = "&order_by=created_at&order_by_direction=desc";
            return logs.get("/logs?per_page=" + size + "&page=" + page + order + filters, key)
                    .thenApply(answer -> {
                        if (answer.status() == 200
                                && Answers.json(answer.text()).get("result") instanceof List<?> rows) {
                            if (!rows.isEmpty()) {
                                hasRows = true;
                            }
                            return rows.stream()
                                    .map(row -> LogRow.of(row, call.id()))
                                    .toList();
                        }
                        throw GatewayLogs.noNews();
                    });
        }

        /** The record that the answer's own head has named. */
        private CompletionStage<List<LogRow>> named(String logId) {
            return logs.get("/logs/" + encoded(logId), key).thenApply(answer -> {
                LogRow row = LogRow.of(Answers.json(answer.text()).get("result"), call.id());
                if (row.own()) {
                    own.add(row);
                }
                return own;
            });
        }

        /** A missing record proves nothing. If no call has a record, the account has another log system. */
        private CompletionStage<Finding> nothing() {
            if (call.age().compareTo(LONGEST_CALL) < 0) {
                return CompletableFuture.completedStage(Finding.NOTHING);
            }
            return list(1, 1, "").thenApply(any -> {
                if (any.isEmpty()) {
                    logs.end("has no logs at all; newer accounts keep theirs in Workers Observability", true);
                }
                return Finding.NOTHING;
            });
        }

        private CompletionStage<Finding> judged() {
            List<LogRow> successes = own.stream().filter(LogRow::success).toList();
            List<LogRow> read = (successes.isEmpty() ? own : successes)
                    .stream().limit(MOST_RECORDS).toList();
            var outcomes = read.stream().map(this::outcome).toList();
            return CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                    .thenApply(all -> finding(
                            outcomes.stream().map(CompletableFuture::join).toList(), !successes.isEmpty()));
        }

        private Finding finding(List<Outcome> all, boolean success) {
            Set<String> rows = own.stream().map(LogRow::id).collect(Collectors.toSet());
            Outcome end = all.get(0);
            for (Outcome each : all) {
                if (each instanceof Outcome.Completed) {
                    return new Finding(each, true, rows);
                } else if (each instanceof Outcome.Unknown) {
                    end = each;
                }
            }
            return new Finding(end, success || (end instanceof Outcome.Rejected && logs.isRefusalTheEnd()), rows);
        }

        /** The answer of one record, read as if it had arrived. */
        private CompletableFuture<Outcome> outcome(LogRow row) {
            return logs.get("/logs/" + encoded(row.id()) + "/response", key).thenApply(answer -> {
                String body = answer.status() == 200 ? answer.text() : "";
                var then = new Answer(row.success() ? 200 : row.status(), Map.of("cf-aig-log-id", row.id()), body);
                return row.success() ? result(then) : refusal(then);
            });
        }

        private Outcome result(Answer then) {
            Outcome outcome = answers.read(then, key);
            return outcome instanceof Outcome.Completed || hasLink(outcome)
                    ? outcome
                    : new Outcome.Unknown(
                            "its record in the gateway's logs says that it ran and is billed, and holds no video",
                            null,
                            outcome.trace());
        }

        /**
         * A refusal has a status and a code that the service documents. A status alone, a code alone, or another code
         * may belong to a call that ran. A throttled record proves nothing about this call. The text of the record may
         * quote the prompt.
         */
        private Outcome refusal(Answer then) {
            Outcome outcome = answers.read(then, key);
            CallIds ids = outcome.trace().ids();
            boolean refused =
                    then.status() > 0 && outcome instanceof Outcome.Rejected && FailureTable.isNamed(ids.code());
            return refused || outcome instanceof Outcome.Completed || hasLink(outcome)
                    ? outcome
                    : new Outcome.Unknown(
                            "its record in the gateway's logs says HTTP status " + then.status()
                                    + (ids.code() == null ? "" : ", code " + ids.code()),
                            null,
                            outcome.trace());
        }
    }

    private static boolean hasLink(Outcome outcome) {
        return outcome instanceof Outcome.Unknown unknown && unknown.link() != null;
    }
}
