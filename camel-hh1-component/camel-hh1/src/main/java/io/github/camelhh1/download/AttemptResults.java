package io.github.camelhh1.download;

import io.github.camelhh1.download.AttemptResult.Repeat;
import io.github.camelhh1.download.mp4.Mp4Flaw;
import io.github.camelhh1.link.RefusedAddressException;
import io.github.camelhh1.text.CleanText;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says what an attempt came to, and gives a whole video its name. */
final class AttemptResults {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    /** What storage services answer to a link whose time is over; Google answers 400. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 404, 410);

    private final DownloadOrder order;
    private final Partial partial;
    private final InstantSource clock;

    AttemptResults(DownloadOrder order, Partial partial, InstantSource clock) {
        this.order = order;
        this.partial = partial;
        this.clock = clock;
    }

    /**
     * @param cut why the connection was closed from this side; null when it was not
     * @param cause why no whole answer came; null when one did
     */
    AttemptResult attempted(PartSink sink, @Nullable String cut, @Nullable Throwable cause) {
        try {
            return cut != null ? interrupted(cut, null, sink) : answered(sink, cause);
        } catch (IOException e) {
            return AttemptResult.failed(
                    Repeat.NEVER, "cannot write to the directory " + partial.directory(), e, sink.status());
        }
    }

    private AttemptResult answered(PartSink sink, @Nullable Throwable cause) throws IOException {
        if (sink.status() == 0) {
            return unreached(sink, cause);
        }
        if (!sink.isVideo()) {
            return refused(sink);
        }
        AttemptResult objection = sink.objection();
        if (objection != null) {
            return objection;
        }
        if (partial.promised() >= 0 && partial.length() > partial.promised()) {
            partial.discard();
            return AttemptResult.failed(Repeat.A_FEW_TIMES, "more bytes came than were promised", null, sink.status());
        }
        if (partial.isWhole() || (cause == null && partial.promised() < 0)) {
            return finished(sink);
        }
        return interrupted(
                partial.promised() < 0
                        ? "the connection broke after " + partial.length() + " bytes"
                        : "the connection broke after " + partial.length() + " of " + partial.promised() + " bytes",
                cause,
                sink);
    }

    private static AttemptResult interrupted(String reason, @Nullable Throwable cause, PartSink sink) {
        return AttemptResult.failed(Repeat.UNTIL_THE_LINK_EXPIRES, reason, cause, sink.status());
    }

    private static AttemptResult unreached(PartSink sink, @Nullable Throwable cause) {
        var refused = cause == null ? null : RefusedAddressException.behind(cause);
        if (refused != null) {
            return AttemptResult.last(new DownloadResult.Refused(String.valueOf(refused.getMessage())));
        }
        String reason = "the video's host could not be reached";
        return isDistrust(cause)
                ? AttemptResult.failed(Repeat.NEVER, reason, cause, 0)
                : interrupted(reason, cause, sink);
    }

    /** A certificate that does not fit is the same at the next attempt. */
    private static boolean isDistrust(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    private AttemptResult refused(PartSink sink) throws IOException {
        int status = sink.status();
        Instant expiry = order.expiry();
        if (REFUSALS.contains(status) && expiry != null && !clock.instant().isBefore(expiry)) {
            return AttemptResult.last(new DownloadResult.Expired(
                    "the video's link expired at " + expiry + " (HTTP status " + status + ")", status));
        }
        String reason = "the video's host answered with HTTP status " + status;
        if (status == RANGE_NOT_SATISFIABLE && sink.askedForTheRest()) {
            partial.discard();
            return AttemptResult.failed(Repeat.A_FEW_TIMES, reason, null, status);
        }
        boolean passing = status >= 500 || status == TOO_MANY_REQUESTS;
        return AttemptResult.failed(passing ? Repeat.UNTIL_THE_LINK_EXPIRES : Repeat.NEVER, reason, null, status);
    }

    private AttemptResult finished(PartSink sink) throws IOException {
        try {
            return AttemptResult.last(partial.finish());
        } catch (Mp4Flaw e) {
            // Without a promised length nobody can tell the end from a cut, and the rest may come yet.
            boolean complete = partial.promised() >= 0;
            boolean inOnePiece = complete && sink.received() == partial.length();
            if (complete || !e.isCut()) {
                partial.discard();
            }
            return AttemptResult.failed(
                    // The same file has the same flaw however often it is fetched. Pieces may not belong together.
                    inOnePiece ? Repeat.NEVER : Repeat.A_FEW_TIMES,
                    "what came is not a whole video: " + CleanText.of(String.valueOf(e.getMessage())),
                    null,
                    sink.status());
        }
    }
}
