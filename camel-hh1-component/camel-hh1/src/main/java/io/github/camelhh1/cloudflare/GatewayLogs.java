package io.github.camelhh1.cloudflare;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.http.HttpResult.Answer;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.lookup.LookupPace;
import io.github.camelhh1.service.Answers;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the logs and the settings of one gateway. A problem that makes questions useless causes a warning. A trial
 * follows every hour. Safe for use by many threads.
 */
public final class GatewayLogs {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration THROTTLED = Duration.ofMinutes(1);

    private final HttpTransport http;
    private final String uri;
    private final Timers timers;
    private final LookupPace pace;
    private final InstantSource clock;
    private final Consumer<@Nullable String> warnings;
    private volatile boolean over;
    /** Since when questions are useless, on the monotonic clock. */
    private volatile long since;
    /** Whether the logs could be read then, and held nothing. */
    private volatile boolean empty;
    /** Whether the gateway repeats calls; null while its settings are not known. */
    private volatile @Nullable Boolean repeats;

    private @Nullable CompletableFuture<?> reading;
    /** When the last reading of the settings began, on the monotonic clock. */
    private long readAt;

    /**
     * @param uri of the gateway
     * @param warnings takes the problem that makes questions useless, also repeatedly; null when it is over
     */
    public GatewayLogs(
            HttpTransport http,
            String uri,
            Timers timers,
            LookupPace pace,
            InstantSource clock,
            Consumer<@Nullable String> warnings) {
        this.http = http;
        this.uri = uri;
        this.timers = timers;
        this.pace = pace;
        this.clock = clock;
        this.warnings = warnings;
    }

    /** Whether questions are useless. One an hour is still asked, as a trial. */
    boolean isOver() {
        return over;
    }

    /** The time until a question may be asked again, at least as a trial; zero for now. */
    Duration pause() {
        Duration own = over ? SELDOM.minusNanos(timers.nanoTime() - since) : Duration.ZERO;
        Duration all = pace.left();
        return own.compareTo(all) > 0 ? own : all;
    }

    /** A gateway has refused a question as one too many. The pause is for all gateways. */
    boolean isThrottled() {
        return !pace.left().isZero();
    }

    /** A refusal is no end where the gateway repeats the call, which may take minutes. */
    boolean isRefusalTheEnd() {
        return Boolean.FALSE.equals(repeats);
    }

    /** Reads the settings beside a call: once a minute until they are known, and not where questions are useless. */
    void begin(String key) {
        if (repeats == null && pause().isZero()) {
            settingsOnceAMinute(key);
        }
    }

    private synchronized void settingsOnceAMinute(String key) {
        if (reading == null || timers.nanoTime() - readAt >= AGAIN.toNanos()) {
            settings(key);
        }
    }

    /** Reads the settings, until they are known. The stage never fails. */
    synchronized CompletableFuture<?> settings(String key) {
        CompletableFuture<?> last = reading;
        if (last == null || (last.isDone() && repeats == null)) {
            readAt = timers.nanoTime();
            last = get("", key).thenAccept(this::check).exceptionally(unread -> null);
            reading = last;
        }
        return last;
    }

    private void check(Answer answer) {
        Map<?, ?> settings = LogRow.fields(Answers.json(answer.text()).get("result"));
        if (answer.status() != 200 || settings.isEmpty()) {
            return;
        }
        boolean more = settings.get("retry_max_attempts") instanceof Number attempts && attempts.intValue() > 1;
        repeats = more;
        if (more) {
            warnings.accept(
                    "repeats requests by itself (retry_max_attempts is above 1), and each may be billed; set it to 1,"
                            + " although this component asks for one attempt");
        }
        if (Boolean.FALSE.equals(settings.get("collect_logs"))) {
            end("keeps no logs (collect_logs is false)", false);
        }
    }

    /** The logs were read in full. */
    synchronized void works(long asked, boolean hasRows) {
        if (over && repeats != null && since - asked < 0 && (hasRows || !empty)) {
            over = false;
            warnings.accept(null);
        }
    }

    /** @param nothing whether the logs could be read, and held nothing */
    synchronized void end(String reason, boolean nothing) {
        repeats = null;
        since = timers.nanoTime();
        empty = nothing;
        over = true;
        warnings.accept(reason + ", so unknown outcomes are not looked up; this is tried again every hour");
    }

    /** The logs cannot be used now. */
    static RuntimeException noNews() {
        return new CompletionException("no news", null);
    }

    /** Fails if no whole answer comes in time, or if the answer is unusable. */
    CompletableFuture<Answer> get(String path, String key) {
        var call = http.get(
                URI.create(uri + path),
                Map.of("Authorization", "Bearer " + key, "Accept", "application/json"),
                Answers.MAX_BYTES);
        return TimeLimit.cancelling(call, PATIENCE, timers).handle((ending, cancelled) -> {
            if (!(ending instanceof Answer answer) || answer.status() >= 500) {
                throw noNews();
            } else if (answer.status() == 429) {
                Duration wanted = Answers.retryAfter(answer.header("Retry-After"), clock);
                pace.rest(Objects.requireNonNullElse(wanted, THROTTLED));
                throw noNews();
            } else if (answer.status() == 401 || answer.status() == 403) {
                end(
                        "cannot be read with this token (HTTP status " + answer.status()
                                + "; it needs the permission AI Gateway Read, or set logsApiKey to a token that has it)",
                        false);
                throw noNews();
            }
            return answer;
        });
    }
}
