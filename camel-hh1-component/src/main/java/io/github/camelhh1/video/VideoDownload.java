package io.github.camelhh1.video;

import io.github.camelhh1.generation.Timers;
import io.github.camelhh1.http.HttpEnding;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.SafeFileName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a video into a directory: never through memory, never with credentials, only from where the guard allows,
 * and under its final name only once it is whole. Holds no thread while it waits; safe for use by many.
 */
public final class VideoDownload {
    private static final int OK = 200;
    /** What storage services answer to a link whose time is over; Google answers 400. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 404, 410);

    private static final Map<String, String> HEADERS = Map.of("Accept-Encoding", "identity", "Accept", "*/*");

    private final HttpTransport transport;
    private final AddressGuard guard;
    private final Timers timers;
    private final InstantSource clock;

    /** @param transport must ask the same {@code guard} before it connects */
    public VideoDownload(HttpTransport transport, AddressGuard guard, Timers timers, InstantSource clock) {
        this.transport = transport;
        this.guard = guard;
        this.timers = timers;
        this.clock = clock;
    }

    private record Order(URI first, Path directory, String name, DownloadLimits limits) {}

    /**
     * The stage always completes normally. The file is {@code <baseName>.mp4}, or {@code <baseName>-1.mp4} and so on
     * when that name is taken; on the way it is {@code <baseName>.part}. Resolves the host name on the calling thread.
     *
     * @param directory is made when it is not there
     * @param baseName any text; made safe as a file name
     */
    public CompletionStage<DownloadEnding> download(URI url, Path directory, String baseName, DownloadLimits limits) {
        String name = SafeFileName.baseName(baseName + ".mp4", "video");
        var order = new Order(url, directory, name, limits);
        // Begun inside a stage, so that whatever is thrown is an ending too.
        return CompletableFuture.completedFuture(order)
                .thenCompose(begun -> follow(url, 0, begun))
                .exceptionally(
                        e -> new DownloadEnding.Failed("the download broke: " + CleanText.of(e.toString()), e, null));
    }

    private CompletableFuture<DownloadEnding> follow(URI url, int redirects, Order order) {
        String objection = guard.objection(url);
        if (objection != null) {
            return CompletableFuture.completedFuture(new DownloadEnding.Refused(objection));
        }
        var sink = new PartSink(order.directory(), order.name(), order.limits().maxBytes(), timers::nanoTime);
        var call = transport.fetch(url, HEADERS, sink);
        var watch = IdleWatch.over(call, sink, order.limits().idleTimeout(), timers);
        return call.handle((ending, error) -> {
                    watch.stop();
                    Throwable cause = ending instanceof HttpEnding.Failure failure ? failure.cause() : error;
                    try (sink) {
                        if (call.isCancelled()) {
                            return failed(
                                    sink, "no byte came for " + order.limits().idleTimeout(), null);
                        }
                        return Redirect.is(sink.status()) ? null : settled(order, sink, cause);
                    } catch (IOException e) {
                        return failed(sink, "cannot write to the directory " + order.directory(), e);
                    }
                })
                .thenCompose(ending -> ending != null
                        ? CompletableFuture.completedFuture(ending)
                        : redirected(url, redirects, sink.header("location"), order));
    }

    private CompletableFuture<DownloadEnding> redirected(
            URI url, int followed, @Nullable String location, Order order) {
        var redirect = Redirect.from(url, location, followed);
        return redirect.target() != null
                ? follow(redirect.target(), followed + 1, order)
                : CompletableFuture.completedFuture(new DownloadEnding.Refused(String.valueOf(redirect.objection())));
    }

    private DownloadEnding settled(Order order, PartSink sink, @Nullable Throwable cause) throws IOException {
        int status = sink.status();
        if (status == 0) {
            var refused = cause == null ? null : RefusedAddressException.behind(cause);
            return refused != null
                    ? new DownloadEnding.Refused(String.valueOf(refused.getMessage()))
                    : failed(sink, "the video's host could not be reached", cause);
        }
        if (status != OK) {
            return refusedByServer(order, sink);
        }
        String problem = sink.problem();
        if (problem != null) {
            return failed(sink, problem, sink.broken());
        }
        if (cause != null) {
            return failed(sink, "the connection broke after " + sink.length() + " bytes", cause);
        }
        String flaw = sink.findProblem();
        if (flaw != null) {
            return failed(sink, "what came is not a whole video: " + CleanText.of(flaw), null);
        }
        long length = sink.length();
        return new DownloadEnding.Downloaded(sink.claim(), length, CleanText.ofHeader(sink.header("content-type")));
    }

    private DownloadEnding refusedByServer(Order order, PartSink sink) {
        int status = sink.status();
        Instant expiry = VideoLink.expiresAt(order.first());
        return REFUSALS.contains(status) && expiry != null && !clock.instant().isBefore(expiry)
                ? new DownloadEnding.Expired(
                        "the video's link expired at " + expiry + " (HTTP status " + status + ")", status)
                : failed(sink, "the video's host answered with HTTP status " + status, null);
    }

    private static DownloadEnding failed(PartSink sink, String reason, @Nullable Throwable cause) {
        String why = cause == null ? reason : reason + ": " + CleanText.of(cause.toString());
        return new DownloadEnding.Failed(why, cause, sink.status() == 0 ? null : sink.status());
    }
}
