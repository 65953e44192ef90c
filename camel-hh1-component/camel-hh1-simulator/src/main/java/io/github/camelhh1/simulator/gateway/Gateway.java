package io.github.camelhh1.simulator.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelhh1.simulator.wire.Answer;
import io.github.camelhh1.simulator.wire.Head;
import io.github.camelhh1.simulator.wire.PlainAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logs of Cloudflare's AI Gateway: a row for each run request that was let in, whether or not its answer arrived. The
 * time that a {@link LogPlan} names passes by the clock of the simulator.
 */
public final class Gateway {
    /** The logs that hold a request without {@code cf-aig-gateway-id}. */
    public static final String DEFAULT = "default";

    private static final String FORBIDDEN = "{\"success\":false,\"errors\":[{\"code\":10000,"
            + "\"message\":\"Authentication error\"}],\"messages\":[],\"result\":null}";

    private final String base;
    private final String firstKey;
    private final Clock clock;
    private final List<LogRow> rows = new ArrayList<>();
    private final Deque<LogPlan> script = new ArrayDeque<>();
    /** Empty for the usual answer. */
    private final Deque<Optional<Answer>> failures = new ArrayDeque<>();

    private final Deque<Answer> settingsFailures = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private LogPlan usual = LogPlan.usual();
    private @Nullable String key;
    private boolean elsewhere;
    private boolean metadataAsObjects;
    private boolean filters = true;
    private boolean listed = true;
    private boolean collects = true;
    private int attempts = 1;
    private int strangers;

    /** @param base the path of the account */
    public Gateway(String base, String key, Clock clock) {
        this.base = base + "/ai-gateway/gateways/";
        this.firstKey = key;
        this.key = key;
        this.clock = clock;
    }

    /** The next run requests that are let in leave these rows, one plan each. */
    public synchronized Gateway script(LogPlan... next) {
        script.addAll(List.of(next));
        return this;
    }

    /** Run requests leave these rows when nothing is scripted. */
    public synchronized Gateway always(LogPlan plan) {
        usual = plan;
        return this;
    }

    /** Rows of the gateway {@code default} that no request to this simulator has left; a plan that names no status and body is a success without a body. */
    public synchronized Gateway add(LogPlan plan) {
        record(plan, DEFAULT, "01STRANGER" + ++strangers, null, 200, null);
        return this;
    }

    /** Only this key reads the logs; null for none. */
    public synchronized Gateway acceptOnly(@Nullable String apiKey) {
        key = apiKey;
        return this;
    }

    /** The account has the newer log system: these logs stay empty. */
    public synchronized Gateway newLogSystem() {
        elsewhere = true;
        return this;
    }

    /** A list ignores its filter. */
    public synchronized Gateway ignoreFilters() {
        filters = false;
        return this;
    }

    /** Rows are found by their ids only. */
    public synchronized Gateway hideFromLists() {
        listed = false;
        return this;
    }

    /** Rows show their metadata as an object; otherwise as a text. */
    public synchronized Gateway metadataAsObjects() {
        metadataAsObjects = true;
        return this;
    }

    /** The settings of each gateway; at first it collects logs and tries once. */
    public synchronized Gateway settings(boolean collectsLogs, int maxAttempts) {
        collects = collectsLogs;
        attempts = maxAttempts;
        return this;
    }

    /** The next questions for logs get these statuses and no body, one each; 0 for the usual answer. */
    public synchronized Gateway failNext(int... statuses) {
        for (int status : statuses) {
            failures.add(status == 0 ? Optional.empty() : Optional.of(PlainAnswer.bare(status)));
        }
        return this;
    }

    /** The next question for logs is one too many. */
    public synchronized Gateway throttleNext(Duration retryAfter) {
        failures.add(Optional.of(
                PlainAnswer.whole(429, Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())), new byte[0])));
        return this;
    }

    /** The next questions for settings get these statuses and no body, one each. */
    public synchronized Gateway failSettings(int... statuses) {
        for (int status : statuses) {
            settingsFailures.add(PlainAnswer.bare(status));
        }
        return this;
    }

    /** The paths and queries of all questions, oldest first. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** As it was at the start. */
    public synchronized void reset() {
        rows.clear();
        script.clear();
        failures.clear();
        settingsFailures.clear();
        asked.clear();
        usual = LogPlan.usual();
        key = firstKey;
        elsewhere = false;
        metadataAsObjects = false;
        filters = true;
        listed = true;
        collects = true;
        attempts = 1;
        strangers = 0;
    }

    /** Whether this answers requests to that path. */
    public boolean serves(String path) {
        return path.startsWith(base);
    }

    /** A run request was let in and answered, whether or not the answer arrives. */
    public synchronized void log(Head head, String id, int status, byte[] body) {
        String named = head.header("cf-aig-gateway-id");
        LogPlan next = script.poll();
        LogPlan plan = next == null ? usual : next;
        record(
                head.header("cf-aig-collect-log-payload").equals("false") ? plan.withoutPayload() : plan,
                named.isEmpty() ? DEFAULT : named,
                id,
                LogRow.metadata(head.header("cf-aig-metadata")),
                status,
                new String(body, StandardCharsets.UTF_8));
    }

    private void record(
            LogPlan plan, String gateway, String id, @Nullable String metadata, int status, @Nullable String body) {
        Instant now = clock.instant();
        int number = 0;
        for (LogPlan.Entry entry : plan.entries()) {
            String own = entry.metadata();
            rows.add(new LogRow(
                    gateway,
                    number == 0 ? id : id + "-" + number,
                    now.plus(entry.delay()),
                    now.plus(entry.delay()),
                    entry.status() == null ? status : entry.status(),
                    own == null ? metadata : own.isEmpty() ? null : own,
                    !entry.kept() ? null : entry.body() == null ? body : entry.body()));
            number++;
        }
    }

    public synchronized Answer answer(Head head) {
        asked.add(head.target());
        String[] parts = head.path().substring(base.length()).split("/", -1);
        Answer failure = parts.length == 1
                ? settingsFailures.poll()
                : Objects.requireNonNullElse(failures.poll(), Optional.<Answer>empty())
                        .orElse(null);
        if (failure != null) {
            return failure;
        } else if (!head.header("Authorization").equals("Bearer " + key)) {
            return json(403, FORBIDDEN);
        }
        if (parts.length == 1) {
            return wrapped(LogRow.JSON
                    .createObjectNode()
                    .set(
                            "result",
                            LogRow.JSON
                                    .createObjectNode()
                                    .put("id", parts[0])
                                    .put("collect_logs", collects)
                                    .put("retry_max_attempts", attempts)));
        } else if (!parts[1].equals("logs")) {
            return PlainAnswer.bare(404);
        }
        List<LogRow> visible = elsewhere ? List.of() : visible(parts[0]);
        if (parts.length == 2) {
            return wrapped(LogList.answer(
                    listed ? visible : List.of(),
                    filters ? head.query() : head.query().replace("filters=", "f="),
                    metadataAsObjects));
        }
        return parts.length == 3 ? detail(visible, parts[2]) : response(visible, parts);
    }

    private Answer detail(List<LogRow> visible, String id) {
        for (LogRow row : visible) {
            if (row.id().equals(id)) {
                return wrapped(LogRow.JSON.createObjectNode().set("result", row.json(metadataAsObjects)));
            }
        }
        return PlainAnswer.bare(404);
    }

    private List<LogRow> visible(String gateway) {
        Instant now = clock.instant();
        return rows.stream()
                .filter(row -> row.gateway().equals(gateway) && !row.visible().isAfter(now))
                .toList();
    }

    private static Answer response(List<LogRow> visible, String[] parts) {
        for (LogRow row : visible) {
            if (parts[3].equals("response") && row.id().equals(parts[2]) && row.body() != null) {
                return json(200, row.body());
            }
        }
        return PlainAnswer.bare(404);
    }

    private static Answer wrapped(ObjectNode answer) {
        answer.put("success", true).putArray("errors");
        return json(200, answer.toString());
    }

    private static Answer json(int status, String body) {
        return PlainAnswer.whole(
                status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }
}
