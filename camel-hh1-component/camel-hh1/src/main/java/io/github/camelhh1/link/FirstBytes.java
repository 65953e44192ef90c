package io.github.camelhh1.link;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the first bytes of what a stranger's link points to: only from where the guard allows, after at most three
 * redirects, and within a time. Sends nothing but the range. Holds no thread while it waits, for a name server either; safe for use by many.
 */
public final class FirstBytes {
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
     * What came.
     *
     * @param bytes the first ones, to be read once
     * @param length of the whole; -1 when the host did not say
     * @param problem why nothing came; null when something did
     */
    public record Start(
            ByteArrayInputStream bytes,
            long length,
            @Nullable String problem) {
        static Start failed(String problem) {
            return new Start(new ByteArrayInputStream(new byte[0]), -1, problem);
        }
    }

    /** The stage always completes normally, on whichever thread. */
    public CompletionStage<Start> fetch(URI url, int bytes, Duration limit) {
        long deadline = timers.nanoTime() + limit.toNanos();
        return CompletableFuture.completedStage(url)
                .thenCompose(link -> follow(link, 0, bytes, deadline))
                .exceptionally(e -> Start.failed("looking at it broke: " + CleanText.of(e.toString())));
    }

    private CompletableFuture<Start> follow(URI url, int redirects, int bytes, long deadline) {
        String objection = guard.objectionToHost(url);
        if (objection != null) {
            return CompletableFuture.completedFuture(Start.failed(objection));
        }
        var sink = new StartSink(bytes);
        var headers = Map.of("Range", "bytes=0-" + (bytes - 1), "Accept-Encoding", "identity", "Accept", "*/*");
        var call = transport.fetch(HttpUrl.ascii(url), headers, sink);
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
                    if (!call.isCancelled() && Redirect.is(sink.status())) {
                        var redirect = Redirect.from(url, sink.header("location"), redirects);
                        URI target = redirect.target();
                        return target == null
                                ? CompletableFuture.completedFuture(Start.failed(String.valueOf(redirect.objection())))
                                : follow(target, redirects + 1, bytes, deadline);
                    }
                    return CompletableFuture.completedFuture(settled(sink, ending, call.isCancelled()));
                });
    }

    private static Start settled(StartSink sink, @Nullable HttpResult ending, boolean late) {
        if (late) {
            return Start.failed("its host took too long");
        }
        Throwable cause = ending instanceof HttpResult.Failure failure ? failure.cause() : null;
        if (sink.status() == 0) {
            var refused = cause == null ? null : RefusedAddressException.behind(cause);
            return Start.failed(
                    refused != null
                            ? String.valueOf(refused.getMessage())
                            : "its host could not be reached: " + CleanText.of(String.valueOf(cause)));
        }
        String problem = sink.problem();
        if (problem == null && cause != null && !sink.isFull()) {
            problem = "the connection broke: " + CleanText.of(cause.toString());
        }
        return problem == null
                ? new Start(new ByteArrayInputStream(sink.bytes()), sink.total(), null)
                : Start.failed(problem);
    }
}
