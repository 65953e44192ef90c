package io.github.camelhh1.service;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.http.HttpCall;
import io.github.camelhh1.http.HttpProxy;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.http.HttpResult.Answer;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.http.IpLiteral;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.text.SignedUrl;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The meaning of answers, and of their absence, that all services have in common. */
public final class Answers {
    /** An answer holds one URL. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_LINK = 8192;
    /** The room for a link in the ledger. */
    private static final int LONGEST_KEPT = 20_000;

    private static final Pattern SECONDS = Pattern.compile("\\d{1,64}");
    /** A longer delay counts as this one, so that arithmetic does not overflow. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private Answers() {}

    /** The JSON object of an answer; empty when it holds none. */
    public static Map<String, Object> json(@Nullable String text) {
        Map<String, Object> json = text == null ? null : Json.read(text);
        return json == null ? Map.of() : json;
    }

    /** The host to look up before a generation comes to {@code uri}. */
    public static ServiceHost host(HttpTransport http, URI uri) {
        String host = http.nextHop(uri);
        return IpLiteral.of(host) != null ? ServiceHost.KNOWN : new ServiceHost(host, () -> http.lookUp(uri));
    }

    /**
     * Safe to send again when no byte of the body left, unknown otherwise.
     *
     * @param begun gives the ids of an answer that began
     */
    public static Outcome unanswered(HttpResult.Failure failure, Function<Answer, Trace> begun) {
        Throwable cause = failure.cause();
        if (failure.bodyStarted()) {
            return new Outcome.Unknown(
                    "the connection ended before a whole answer came (" + describe(cause) + ")",
                    cause,
                    failure.begun() == null ? Trace.UNANSWERED : begun.apply(failure.begun()));
        }
        // These are the same at the next attempt: the certificate, a file that is gone, a proxy that forbids.
        var proxy = failure.behind(HttpProxy.RefusedException.class);
        boolean stays = failure.isDistrust()
                || failure.behind(FileSystemException.class) != null
                || (proxy != null && proxy.isFinal());
        return new Outcome.NotSent(describe(cause), !stays, cause, Trace.NONE);
    }

    /** A failure without an answer, in words. */
    public static String describe(Throwable cause) {
        if (cause instanceof HttpCall.TooLateException) {
            return "this process was delayed for so long after the ledger had said SENT that nothing was sent any more";
        }
        String message = cause.getMessage();
        return (cause instanceof UnknownHostException ? "no such host: " : "")
                + (message == null ? cause.getClass().getSimpleName() : CleanText.of(message));
    }

    /** A video was made, so its link is kept. The download decides whether a link may be fetched. */
    public static Outcome video(String video, String state, @Nullable String keySource, Trace trace) {
        URI link = video.length() <= LONGEST_LINK ? HttpUrl.of(video) : null;
        if (link != null) {
            return Outcome.Completed.of(link.toString(), CleanText.of(state), CleanText.ofHeader(keySource), trace);
        }
        String kept = HttpUrl.printable(video);
        return new Outcome.Unknown(
                "the answer names a video by a link that is no http(s) URL with a host, or is longer than "
                        + LONGEST_LINK + " characters: \"" + SignedUrl.place(video)
                        + "\"; hh1:runs shows it whole, as videoUrl",
                null,
                trace,
                kept.length() <= LONGEST_KEPT ? kept : CleanText.cut(kept, LONGEST_KEPT));
    }

    /** A code is a number or a word; a longer text must not fill messages. */
    public static @Nullable String code(@Nullable String found) {
        String code = CleanText.ofHeader(found);
        return code == null || code.length() <= LONGEST_CODE ? code : CleanText.cut(code, LONGEST_CODE) + "…";
    }

    /**
     * The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or an HTTP date. Null when there is none, or none that
     * can be understood. Never negative.
     */
    public static @Nullable Duration retryAfter(@Nullable String value, InstantSource clock) {
        String text = value == null ? "" : value.strip();
        if (SECONDS.matcher(text).matches()) {
            return clamp(Duration.ofSeconds(text.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(text)));
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return clamp(Duration.between(clock.instant(), date));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration clamp(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : duration;
    }
}
