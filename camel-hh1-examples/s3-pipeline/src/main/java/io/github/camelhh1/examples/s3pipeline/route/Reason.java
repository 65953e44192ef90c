package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.VideoExpiredException;
import java.util.StringJoiner;
import org.apache.camel.Exchange;

/** The note beside a failed photo: the reason, whether money moved, and the next step. */
record Reason(String photo, Throwable failure, Billing billing, String runId, String videoUrl) {
    private static final String BACK = "move the photo from failed/ back to the top of its bucket";

    static Reason of(Exchange exchange, Throwable failure) {
        String url = exchange.getMessage().getHeader(Hh1Constants.VIDEO_URL, String.class);
        String run = exchange.getMessage().getHeader(Hh1Constants.RUN_ID, String.class);
        Billing billing = url == null ? Billing.NOT_BILLED : Billing.BILLED;
        if (failure instanceof Hh1Exception told) {
            billing = told.billing();
            run = told.runId();
        }
        if (failure instanceof DownloadException download) {
            url = download.videoUrl();
        } else if (failure instanceof VideoExpiredException) {
            url = null;
        }
        return new Reason(S3Headers.key(exchange), failure, billing, run, url);
    }

    /** For the terminal. */
    String line() {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage().replaceAll("\\s+", " ");
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("\n", "", "\n");
        text.add(photo + " did not become a video.").add("");
        text.add("What happened: " + line());
        text.add("Money:         " + money());
        text.add("What to do:    " + next());
        if (runId != null && !runId.isBlank()) {
            text.add(PhotoBucket.RUN + runId);
        }
        if (failure instanceof OutcomeUnknownException unknown) {
            unknown.candidates().forEach(task -> text.add("Perhaps:       " + task.line()));
        }
        // The whole link, signature included, because the video was paid.
        if (videoUrl != null) {
            text.add("Video:         " + videoUrl);
        }
        return text.toString();
    }

    private String money() {
        return switch (billing) {
            case NOT_BILLED -> "nothing was paid.";
            case BILLED -> "the video was made and is billed.";
            case UNKNOWN -> "unknown. The request may have been carried out and billed.";
        };
    }

    private String next() {
        boolean expired = failure instanceof VideoExpiredException;
        boolean failed = failure instanceof RejectedException && billing == Billing.UNKNOWN;
        if (failure instanceof OutcomeUnknownException || expired || failed) {
            return "look at your account, and settle the run:\n"
                    + "  mvn -q -Pdemo-s3 -Dpipeline.adopt=" + runId + " \"-Dpipeline.url=https://...\"\n"
                    + "      when there is a video\n"
                    + "  mvn -q -Pdemo-s3 -Dpipeline.forget=" + runId
                    + (expired ? " -Dpipeline.state=COMPLETED" : failed ? " -Dpipeline.state=FAILED" : "") + "\n"
                    + "      when there is none; a new video is then made, and paid again\n"
                    + "Then " + BACK + ".";
        }
        return billing == Billing.BILLED
                ? BACK + ": its video is fetched again, and not paid again."
                : "correct what is named above, or wait, then " + BACK + ".";
    }
}
