package io.github.camelhh1.link;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.http.HttpCall;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the first bytes behind a stranger's link: only from where the guard allows, after at most three redirects, and
 * within a time. Sends nothing but the range. Holds no thread while it waits, for a name server either; safe for use by
 * many threads.
 */
public final class FirstBytes {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final Pattern TOTAL = Pattern.compile("bytes 0-\\d{1,18}/(\\d{1,18})");
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,18})");

    private final HttpTransport transport;
    private final AddressGuard guard;
    private final Timers timers;

    /** @param transport must ask the same {@code guard} before it connects */
    public FirstBytes(HttpTransport transport, AddressGuard guard, Timers timers) {
        this.transport = transport;
        this.guard = guard;
        this.timers = timers;
    }

    /**
     * The result.
     *
     * @param bytes the first ones, to be read once
     * @param length of the whole; -1 when the host did not say
     * @param problem why there are no bytes; null when there are
     */
    public record Start(
            ByteArrayInputStream bytes,
            long length,
            @Nullable String problem) {
        static Start failed(@Nullable String problem) {
            return new Start(new ByteArrayInputStream(new byte[0]), -1, String.valueOf(problem));
        }
    }

    /** The stage always completes normally, on any thread. */
    public CompletionStage<Start> fetch(URI url, int bytes, Duration limit) {
        long deadline = timers.nanoTime() + limit.toNanos();
        return CompletableFuture.completedStage(url)
                .thenCompose(link -> follow(link, 0, bytes, deadline))
                .exceptionally(e -> Start.failed("its first bytes could not be read: " + CleanText.of(e.toString())));
    }

    private CompletableFuture<Start> follow(URI url, int redirects, int bytes, long deadline) {
        String objection = guard.objectionToHost(url);
        if (objection != null) {
            return CompletableFuture.completedFuture(Start.failed(objection));
        }
        var begin = new Beginning(bytes);
        var range = Map.of("Range", "bytes=0-" + (bytes - 1));
        var call = transport.fetch(HttpUrl.ascii(url), range, begin);
        var timer = timers.after(Duration.ofNanos(Math.max(0, deadline - timers.nanoTime())));
        timer.thenAccept(passed -> {
            // False means that the component stops: it then closes the client, which ends the call by itself.
            if (passed) {
                call.cancel(true);
            }
        });
        return call.handle((ending, error) -> {
                    timer.complete(false);
                    return ending;
                })
                .thenCompose(ending -> {
                    if (call.isCancelled()) {
                        return CompletableFuture.completedFuture(Start.failed("its host took too long"));
                    } else if (!Redirect.is(begin.status)) {
                        return CompletableFuture.completedFuture(begin.settled(ending));
                    }
                    var redirect = Redirect.from(url, begin.headers.get("location"), redirects);
                    URI target = redirect.target();
                    return target == null
                            ? CompletableFuture.completedFuture(Start.failed(redirect.objection()))
                            : follow(target, redirects + 1, bytes, deadline);
                });
    }

    /** Keeps the first bytes of an answer in memory, and ends it there. */
    private static final class Beginning implements HttpCall.Sink {
        private final int most;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private volatile int status;
        private volatile Map<String, String> headers = Map.of();

        Beginning(int most) {
            this.most = most;
        }

        @Override
        public void begin(int answered, Map<String, String> named) throws IOException {
            headers = named;
            status = answered;
            if (answered != OK && answered != PARTIAL) {
                throw new IOException("the body of an answer with status " + answered + " is not read");
            }
        }

        @Override
        public void write(ByteBuffer piece) throws IOException {
            byte[] bytes = new byte[Math.min(piece.remaining(), most - kept.size())];
            piece.get(bytes);
            kept.writeBytes(bytes);
            if (kept.size() >= most) {
                throw new IOException("the rest is not asked for");
            }
        }

        Start settled(@Nullable HttpResult ending) {
            var failure = ending instanceof HttpResult.Failure failed ? failed : null;
            if (status == 0) {
                var refused = failure == null ? null : failure.behind(AddressGuard.RefusedException.class);
                return Start.failed(
                        refused != null
                                ? refused.getMessage()
                                : "its host could not be reached: "
                                        + CleanText.of(String.valueOf(failure == null ? null : failure.cause())));
            }
            String problem = problem();
            if (problem == null && failure != null && kept.size() < most) {
                problem =
                        "the connection broke: " + CleanText.of(failure.cause().toString());
            }
            return problem == null
                    ? new Start(new ByteArrayInputStream(kept.toByteArray()), total(), null)
                    : Start.failed(problem);
        }

        /** Why these are not the first bytes of the file itself; null when they are. */
        private @Nullable String problem() {
            if (status != OK && status != PARTIAL) {
                return "its host answered with HTTP status " + status;
            } else if (status == PARTIAL && total() < 0) {
                return "its host answered with another part than the first";
            }
            return headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity")
                    ? null
                    : "its host encoded it, which was not asked for";
        }

        /** Bytes of the whole; -1 when the answer does not say. */
        private long total() {
            Matcher total = status == PARTIAL
                    ? TOTAL.matcher(headers.getOrDefault("content-range", ""))
                    : LENGTH.matcher(headers.getOrDefault("content-length", ""));
            return total.matches() ? Long.parseLong(total.group(1)) : -1;
        }
    }
}
