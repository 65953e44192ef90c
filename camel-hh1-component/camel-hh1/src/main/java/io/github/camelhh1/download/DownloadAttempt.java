package io.github.camelhh1.download;

import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.link.Redirect;
import io.github.camelhh1.text.HttpUrl;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One go at what is missing of a video: from its link through the redirects, which may point elsewhere each time, to the
 * last byte that comes.
 */
final class DownloadAttempt {
    private static final Map<String, String> HEADERS = Map.of("Accept-Encoding", "identity", "Accept", "*/*");

    private final HttpTransport transport;
    private final AddressGuard guard;
    private final DownloadRuntime shared;
    private final DownloadOrder order;
    private final Partial partial;
    private final AttemptResults results;

    DownloadAttempt(
            HttpTransport transport, AddressGuard guard, DownloadRuntime shared, DownloadOrder order, Partial partial) {
        this.transport = transport;
        this.guard = guard;
        this.shared = shared;
        this.order = order;
        this.partial = partial;
        this.results = new AttemptResults(order, partial, shared.clock());
    }

    /** May block the calling thread while a file is looked at, not while a host is looked up. */
    CompletionStage<AttemptResult> make() {
        return follow(order.url(), 0);
    }

    private CompletionStage<AttemptResult> follow(URI url, int redirects) {
        String refusal = guard.objection(url);
        if (refusal != null) {
            return refused(refusal);
        } else if (!guard.isForPrivateAddresses(url)) {
            return get(url, redirects);
        }
        return transport
                .addresses(url)
                // A host that is not found is not reached either, which the call then says.
                .handleAsync(
                        (addresses, failure) -> failure == null ? guard.objection(addresses) : null, shared.blocking())
                .thenCompose(objection -> objection == null ? get(url, redirects) : refused(objection));
    }

    private static CompletionStage<AttemptResult> refused(String reason) {
        return CompletableFuture.completedStage(AttemptResult.last(new DownloadResult.Refused(reason)));
    }

    private CompletionStage<AttemptResult> get(URI url, int redirects) {
        var sink = new PartSink(partial, order.limits().maxBytes(), shared.timers()::nanoTime);
        var call = transport.fetch(HttpUrl.ascii(url), partial.asking(HEADERS), sink);
        var watch = StallWatch.over(call, sink, order.limits().link(), shared.timers());
        return call.handleAsync(
                        (ending, error) -> {
                            watch.stop();
                            sink.close();
                            return Redirect.is(sink.status())
                                    ? redirected(url, redirects, sink.header("location"))
                                    : CompletableFuture.completedStage(
                                            results.attempted(sink, watch.verdict(), cause(ending, error)));
                        },
                        shared.blocking())
                .thenCompose(next -> next);
    }

    private static @Nullable Throwable cause(@Nullable HttpResult ending, @Nullable Throwable error) {
        return ending instanceof HttpResult.Failure failure ? failure.cause() : error;
    }

    private CompletionStage<AttemptResult> redirected(URI url, int followed, @Nullable String location) {
        var redirect = Redirect.from(url, location, followed);
        return redirect.target() != null
                ? follow(redirect.target(), followed + 1)
                : refused(String.valueOf(redirect.objection()));
    }
}
