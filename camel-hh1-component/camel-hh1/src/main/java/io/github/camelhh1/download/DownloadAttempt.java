package io.github.camelhh1.download;

import io.github.camelhh1.download.DownloadResult.Failed;
import io.github.camelhh1.download.DownloadResult.Repeat;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.link.Redirect;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.text.SignedUrl;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Attempts to fetch the missing bytes of a video: from its link through the redirects, which may point elsewhere each
 * time, to the last byte that comes.
 */
final class DownloadAttempt {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    /** Answers of storage services to a link that has expired; Google's is 400. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 404, 410);

    private final DownloadRuntime shared;
    private final AddressGuard guard;
    private final URI link;
    private final DownloadLimits limits;
    private final Partial partial;

    DownloadAttempt(DownloadRuntime shared, URI link, DownloadLimits limits, Partial partial) {
        this.shared = shared;
        this.guard = shared.guard();
        this.link = link;
        this.limits = limits;
        this.partial = partial;
    }

    /** May block the calling thread while a file is read, not while a host is looked up. */
    CompletionStage<DownloadResult> make() {
        return follow(link, 0);
    }

    private CompletionStage<DownloadResult> follow(URI url, int redirects) {
        String refusal = guard.objection(url);
        if (refusal != null) {
            return refused(refusal);
        } else if (!guard.isForPrivateAddresses(url)) {
            return get(url, redirects);
        }
        return shared.transport()
                .addresses(url)
                // If the host has no address, the call itself fails and gives the reason.
                .handleAsync(
                        (addresses, failure) -> failure == null ? guard.objection(addresses) : null, shared.blocking())
                .thenCompose(objection -> objection == null ? get(url, redirects) : refused(objection));
    }

    private static CompletionStage<DownloadResult> refused(@Nullable String reason) {
        return CompletableFuture.completedStage(new DownloadResult.Refused(String.valueOf(reason)));
    }

    private CompletionStage<DownloadResult> get(URI url, int redirects) {
        var sink = new PartSink(partial, limits.maxBytes(), shared.timers()::nanoTime);
        var call = shared.transport().fetch(HttpUrl.ascii(url), partial.asking(), sink);
        var watch = StallWatch.over(call, sink, limits.link(), shared.timers());
        return call.handleAsync(
                        (ending, error) -> {
                            watch.stop();
                            sink.close();
                            if (Redirect.is(sink.status())) {
                                var redirect = Redirect.from(url, sink.header("location"), redirects);
                                return redirect.target() != null
                                        ? follow(redirect.target(), redirects + 1)
                                        : refused(redirect.objection());
                            }
                            return CompletableFuture.completedStage(result(sink, watch.verdict(), ending));
                        },
                        shared.blocking())
                .thenCompose(next -> next);
    }

    /**
     * @param cut why the call was cancelled; null when it was not
     * @param ending null when it was
     */
    private DownloadResult result(PartSink sink, @Nullable String cut, @Nullable HttpResult ending) {
        try {
            return cut != null
                    ? interrupted(cut, null, sink)
                    : result(sink, ending instanceof HttpResult.Failure failure ? failure : null);
        } catch (IOException e) {
            return Failed.of(Repeat.NEVER, "cannot write to the directory " + partial.directory(), e, sink.status());
        }
    }

    private DownloadResult result(PartSink sink, HttpResult.@Nullable Failure failure) throws IOException {
        if (sink.status() == 0) {
            return unreached(sink, failure);
        } else if (!sink.isVideo()) {
            return rejected(sink);
        }
        DownloadResult objection = sink.objection();
        if (objection != null) {
            return objection;
        }
        long promised = partial.promised();
        if (promised >= 0 && partial.length() > promised) {
            partial.discard();
            return Failed.of(Repeat.A_FEW_TIMES, "more bytes came than were promised", null, sink.status());
        }
        if (partial.isWhole() || (failure == null && promised < 0)) {
            return finished(sink);
        }
        String came = "the connection broke after " + partial.length();
        return interrupted(
                promised < 0 ? came + " bytes" : came + " of " + promised + " bytes",
                failure == null ? null : failure.cause(),
                sink);
    }

    private static DownloadResult interrupted(String reason, @Nullable Throwable cause, PartSink sink) {
        return Failed.of(Repeat.UNTIL_THE_LINK_EXPIRES, reason, cause, sink.status());
    }

    private static DownloadResult unreached(PartSink sink, HttpResult.@Nullable Failure failure) {
        String reason = "the video's host could not be reached";
        if (failure == null) {
            return interrupted(reason, null, sink);
        }
        var refused = failure.behind(AddressGuard.RefusedException.class);
        if (refused != null) {
            return new DownloadResult.Refused(String.valueOf(refused.getMessage()));
        }
        return failure.isDistrust()
                ? Failed.of(Repeat.NEVER, reason, failure.cause(), 0)
                : interrupted(reason, failure.cause(), sink);
    }

    private DownloadResult rejected(PartSink sink) throws IOException {
        int status = sink.status();
        Instant expiry = SignedUrl.expiresAt(link);
        if (REFUSALS.contains(status)
                && expiry != null
                && !shared.clock().instant().isBefore(expiry)) {
            return new DownloadResult.Expired(
                    "the video's link expired at " + expiry + " (HTTP status " + status + ")", status);
        }
        String reason = "the video's host answered with HTTP status " + status;
        if (status == RANGE_NOT_SATISFIABLE && sink.askedForTheRest()) {
            if (partial.endsHere(sink.header("content-range"))) {
                return finished(sink);
            }
            partial.discard();
            return Failed.of(Repeat.A_FEW_TIMES, reason, null, status);
        }
        boolean passing = status >= 500 || status == TOO_MANY_REQUESTS;
        return Failed.of(passing ? Repeat.UNTIL_THE_LINK_EXPIRES : Repeat.NEVER, reason, null, status);
    }

    private DownloadResult finished(PartSink sink) throws IOException {
        try {
            return partial.finish();
        } catch (Mp4Boxes.Flaw e) {
            // Without a promised length the end cannot be told from a cut, and the rest may come yet.
            boolean complete = partial.promised() >= 0;
            boolean inOnePiece = complete && sink.received() == partial.length();
            if (complete || !e.isCut()) {
                partial.discard();
            }
            return Failed.of(
                    // The same file has the same flaw however often it is fetched. Pieces may not belong together.
                    inOnePiece ? Repeat.NEVER : Repeat.A_FEW_TIMES,
                    "the file is not a whole video: " + CleanText.of(String.valueOf(e.getMessage())),
                    null,
                    sink.status());
        }
    }
}
