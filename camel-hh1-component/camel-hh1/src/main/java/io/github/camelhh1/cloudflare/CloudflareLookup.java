package io.github.camelhh1.cloudflare;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.http.HttpResult.Answer;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.lookup.Lookup;
import io.github.camelhh1.service.Answers;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** A call's record comes when the service is done with it, which may be long after its connection was cut. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(20);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    /** The logs say nothing that can be used now. */
    private static final class NoNews extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoNews() {
            super("no news", null, false, false);
        }
    }

    private final HttpTransport http;
    private final CloudflareAccount account;
    private final @Nullable String logsKey;
    private final Supplier<CompletableFuture<String>> keys;
    private final Timers timers;
    private final InstantSource clock;
    private final Consumer<String> warnings;
    private final EnvelopeReader answers;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean over;
    /** A refusal is no end then: the gateway's own repetition may run for minutes. */
    private volatile boolean repeats;

    /**
     * @param logsKey a token that may read the logs; null for that of the calls
     * @param keys the token of the calls
     * @param warnings takes the problem of an account; the same one more than once
     */
    public CloudflareLookup(
            HttpTransport http,
            CloudflareAccount account,
            @Nullable String logsKey,
            Supplier<CompletableFuture<String>> keys,
            Timers timers,
            InstantSource clock,
            Consumer<String> warnings) {
        this.http = http;
        this.account = account;
        this.logsKey = logsKey;
        this.keys = keys;
        this.timers = timers;
        this.clock = clock;
        this.warnings = warnings;
        this.answers = new EnvelopeReader(clock);
    }

    @Override
    public boolean isOver() {
        return over;
    }

    /** Once: reads the settings of the gateway, beside the call. */
    void begin(String key) {
        if (begun.compareAndSet(false, true)) {
            CompletableFuture.completedFuture(logsKey == null ? key : logsKey)
                    .thenCompose(known -> get("", known))
                    .thenAccept(this::check)
                    .exceptionally(unread -> null);
        }
    }

    private void check(Answer answer) {
        Map<?, ?> settings = LogRow.fields(Answers.json(answer.text()).get("result"));
        if (settings.get("retry_max_attempts") instanceof Number attempts && attempts.intValue() > 1) {
            repeats = true;
            warnings.accept(
                    "repeats requests by itself (retry_max_attempts is above 1), and each may be billed; set it to 1,"
                            + " although this component asks for one attempt");
        }
        if (Boolean.FALSE.equals(settings.get("collect_logs"))) {
            end("keeps no logs (collect_logs is false)");
        }
    }

    @Override
    public CompletionStage<Finding> look(SentCall call) {
        var key = logsKey == null ? keys.get() : CompletableFuture.completedFuture(logsKey);
        var found = key.thenCompose(known -> {
            begin(known);
            return new Look(call, known).find();
        });
        return TimeLimit.of(found, LONGEST, timers, "no answer", late -> {}).exceptionally(failure -> {
            key.cancel(true);
            return Finding.NOTHING;
        });
    }

    private void end(String reason) {
        over = true;
        warnings.accept(reason + ", so unknown outcomes are not looked up until a restart");
    }

    /** Fails with {@link NoNews} when no whole answer comes in time, or one that is no use. */
    private CompletableFuture<Answer> get(String path, String key) {
        var call = http.get(
                URI.create(account.gatewayUri() + path),
                Map.of("Authorization", "Bearer " + key, "Accept", "application/json"),
                Answers.MAX_BYTES);
        return TimeLimit.cancelling(call, PATIENCE, timers).handle((ending, cancelled) -> {
            if (!(ending instanceof Answer answer) || answer.status() >= 500 || answer.status() == 429) {
                throw new NoNews();
            } else if (answer.status() == 401 || answer.status() == 403) {
                end("cannot be read with this token (HTTP status " + answer.status()
                        + "; it needs the permission AI Gateway Read, or set logsApiKey to a token that has it)");
                throw new NoNews();
            }
            return answer;
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One look for one call. */
    private final class Look {
        private final SentCall call;
        private final String key;
        private final List<LogRow> own = new ArrayList<>();

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
            return get("/logs?per_page=" + size + "&page=" + page + order + filters, key)
                    .thenApply(answer -> {
                        if (answer.status() == 200
                                && Answers.json(answer.text()).get("result") instanceof List<?> rows) {
                            return rows.stream()
                                    .map(row -> LogRow.of(row, call.id()))
                                    .toList();
                        }
                        throw new NoNews();
                    });
        }

        /** The record that the answer's own head has named. */
        private CompletionStage<List<LogRow>> named(String logId) {
            return get("/logs/" + encoded(logId), key).thenApply(answer -> {
                LogRow row = LogRow.of(Answers.json(answer.text()).get("result"), call.id());
                if (row.own()) {
                    own.add(row);
                }
                return own;
            });
        }

        /** No record proves nothing. Where no call has one, the account has its logs elsewhere. */
        private CompletionStage<Finding> nothing() {
            if (call.age().compareTo(LONGEST_CALL) < 0) {
                return CompletableFuture.completedStage(Finding.NOTHING);
            }
            return list(1, 1, "").thenApply(any -> {
                if (any.isEmpty()) {
                    end("has no logs at all; newer accounts keep theirs in Workers Observability");
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
            Set<String> rows = new LinkedHashSet<>();
            own.forEach(row -> rows.add(row.id()));
            Outcome end = all.get(0);
            for (Outcome each : all) {
                if (each instanceof Outcome.Completed) {
                    return new Finding(each, true, rows);
                } else if (each instanceof Outcome.Unknown) {
                    end = each;
                }
            }
            return new Finding(end, success || (end instanceof Outcome.Rejected && !repeats), rows);
        }

        /** The answer of one record, read as if it had arrived. */
        private CompletableFuture<Outcome> outcome(LogRow row) {
            return get("/logs/" + encoded(row.id()) + "/response", key).thenApply(answer -> {
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

        /** A status alone refuses nothing, and throttling says nothing of this call. */
        private Outcome refusal(Answer then) {
            Outcome outcome = answers.read(then, key);
            Trace trace = outcome.trace();
            boolean refused = outcome instanceof Outcome.Rejected && trace.ids().code() != null;
            return refused || outcome instanceof Outcome.Completed || hasLink(outcome)
                    ? outcome
                    : new Outcome.Unknown(
                            "its record in the gateway's logs says: " + reason(outcome, then.status()), null, trace);
        }
    }

    private static boolean hasLink(Outcome outcome) {
        return outcome instanceof Outcome.Unknown unknown && unknown.link() != null;
    }

    private static String reason(Outcome outcome, int status) {
        if (outcome instanceof Outcome.Unknown unknown) {
            return unknown.reason();
        } else if (outcome instanceof Outcome.Failed failed) {
            return failed.reason();
        }
        return outcome instanceof Outcome.Throttled throttled ? throttled.reason() : "HTTP status " + status;
    }
}
