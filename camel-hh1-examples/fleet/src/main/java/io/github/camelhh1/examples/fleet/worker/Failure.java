package io.github.camelhh1.examples.fleet.worker;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.OutcomeUnknownException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Why a message did not become a video.
 *
 * @param run empty when none was begun
 * @param link to the video that was made and is billed; empty when there is none
 */
record Failure(String photo, Throwable cause, Billing billing, String run, String link) {
    private static final int LONGEST = 1000;

    static Failure of(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String link = exchange.getMessage().getHeader(Hh1Constants.VIDEO_URL, "", String.class);
        String run = exchange.getMessage().getHeader(Hh1Constants.RUN_ID, "", String.class);
        Billing billing = link.isEmpty() ? Billing.NOT_BILLED : Billing.BILLED;
        if (cause instanceof Hh1Exception told) {
            billing = told.billing();
            run = told.runId();
        }
        if (cause instanceof DownloadException download) {
            link = download.videoUrl();
        }
        String photo = exchange.getMessage().getHeader(PhotoRoutes.PHOTO, "no photo", String.class);
        return new Failure(photo, cause, billing, run, link);
    }

    /** Whether the request may have been paid, so that a person decides. */
    boolean isHeld() {
        return cause instanceof OutcomeUnknownException;
    }

    /** What stands beside the message; empty ones are left out, as the service asks. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("kind", isHeld() ? "held" : "failed");
        attributes.put("photo", photo);
        attributes.put("billing", billing.name());
        attributes.put("run", run);
        attributes.put("video", link);
        attributes.put("reason", toString());
        attributes.values().removeIf(String::isEmpty);
        return attributes;
    }

    /** On one line, in the characters that messages may have. */
    @Override
    public String toString() {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line =
                text.replaceAll("[\\p{Cntrl}\\s\\p{Cs}\\uFFFE\\uFFFF]+", " ").strip();
        return line.substring(0, Math.min(LONGEST, line.length()));
    }
}
