package io.github.camelhh1.examples.fleet.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.ledger.Candidate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * Why a photo did not become a video.
 *
 * @param held whether the request may have been paid, so that a person decides
 * @param run empty when none was begun
 * @param link to the video that was made and is billed; empty when there is none
 * @param reason on one line, in the characters that messages may have
 */
public record Failure(String photo, boolean held, Billing billing, String run, String link, String reason) {
    private static final int LONGEST = 1000;

    /** Of the exception that the exchange failed with; without one, of a run that {@code hh1:held} gives. */
    public static Failure of(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String link = exchange.getMessage().getHeader(Hh1Constants.VIDEO_URL, "", String.class);
        String run = exchange.getMessage().getHeader(Hh1Constants.RUN_ID, "", String.class);
        String photo = exchange.getMessage().getHeader(Turns.PHOTO, "no photo", String.class);
        if (cause == null) {
            String reason = exchange.getMessage().getHeader(Hh1Constants.REASON, "unknown", String.class);
            return new Failure(photo, true, Billing.UNKNOWN, run, link, oneLine(reason + candidates(exchange)));
        }
        Billing billing = link.isEmpty() ? Billing.NOT_BILLED : Billing.BILLED;
        if (cause instanceof Hh1Exception told) {
            billing = told.billing();
            run = told.runId().isEmpty() ? run : told.runId();
        }
        if (cause instanceof DownloadException download) {
            link = download.videoUrl();
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof KeyReuseException) {
            // Of this request nothing was billed, but the photo's earlier request may have a paid video.
            billing = Billing.UNKNOWN;
            text =
                    "The photo was sent with another prompt, resolution or duration before, and that video may be paid. Set the"
                            + " former defaults and redrive it, to get that video; only then forget its run. " + text;
        }
        return new Failure(photo, cause instanceof OutcomeUnknownException, billing, run, link, oneLine(text));
    }

    /**
     * Whether the photo may yet become a video by itself, so that it is tried again.
     *
     * @param taken how often a worker has taken it
     * @param tries so many times it is taken before its failure is final
     */
    public static boolean isForLater(Exchange exchange, int taken, int tries) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure instanceof Turns.StoppingException || failure instanceof InterruptedException) {
            return true;
        }
        if (failure instanceof OutcomeUnknownException unknown && unknown.isGoingOn()) {
            // The task goes on, and the workers ask for it: a later delivery gets its video.
            return taken < tries;
        }
        boolean passing = failure instanceof Hh1Exception told
                ? told.retry() != Retry.NEVER
                : !(failure instanceof UnusableMessageException);
        return passing && taken < tries;
    }

    /** Nothing was sent this time; the photo's message came before, and what was done then is not known here. */
    public Failure ofAnEarlierTry() {
        String text =
                "The message came before, and its photo may have been sent and paid then: look into the account's log. "
                        + reason;
        return new Failure(photo, held, Billing.UNKNOWN, run, link, oneLine(text));
    }

    public String kind() {
        return held ? "held" : "failed";
    }

    /** The commands of the worker that settle a held run; empty when nothing is to be settled. */
    public String settle() {
        return held ? "adopt " + run + " LINK, or forget " + run + "; then redrive" : "";
    }

    /** The attributes of the message. Empty ones are left out, because queues refuse them. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("kind", kind());
        attributes.put("photo", photo);
        attributes.put("billing", billing.name());
        attributes.put("run", run);
        attributes.put("video", link);
        attributes.put("reason", reason);
        attributes.put("settle", settle());
        attributes.values().removeIf(String::isEmpty);
        return attributes;
    }

    /** For the log. */
    @Override
    public String toString() {
        return (held ? "Held: " : "Failed: ") + photo + " (" + billing + "), " + reason;
    }

    /** The tasks that may be the held run's; {@code hh1:runs} shows their links. */
    private static String candidates(Exchange exchange) {
        List<?> found = exchange.getMessage().getHeader(Hh1Constants.CANDIDATES, List.of(), List.class);
        return found.stream()
                .map(Candidate.class::cast)
                .map(task -> "; perhaps task " + task.taskId() + " (" + task.status() + ")")
                .collect(Collectors.joining());
    }

    private static String oneLine(String text) {
        String line =
                text.replaceAll("[\\p{Cntrl}\\s\\p{Cs}\\uFFFE\\uFFFF]+", " ").strip();
        return line.substring(0, Math.min(LONGEST, line.length()));
    }
}
