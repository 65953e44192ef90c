package io.github.camelhh1.examples.filedrop.photo;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.failure.VideoExpiredException;
import java.nio.file.Path;

/** The next step for a photo that failed. */
final class NextStep {
    private static final String BACK = "move the photo, with its sidecar, back to in";

    private NextStep() {}

    /** @param folder the drop's, for the commands that settle a run */
    static String after(Throwable failure, Billing billing, Path folder) {
        if (failure instanceof OutcomeUnknownException unknown) {
            return "look at your account first, the ids below help. It is not sent again until you settle the run:\n"
                    + adopt(folder, unknown.runId(), "when there is a video") + "\n"
                    + forget(folder, unknown.runId(), "when there is none; it is then sent, and paid, anew")
                    + "\nThen " + BACK + ".";
        } else if (failure instanceof VideoExpiredException expired) {
            return "the video is gone, unless you find a link that works. Settle the run:\n"
                    + adopt(folder, expired.runId(), "when you have a link") + "\n"
                    + forget(folder, expired.runId(), "when you have none; a new video is then made, and paid again")
                    + "\nThen " + BACK + ".";
        } else if (failure instanceof Hh1Exception told && billing == Billing.NOT_BILLED) {
            return after(told.retry());
        }
        return switch (billing) {
            case NOT_BILLED -> after(Retry.NEVER);
            case BILLED ->
                BACK
                        + ": its video is fetched, and not paid for again. Or fetch the video from the link below"
                        + " while it lives.";
            case UNKNOWN ->
                "correct what is named above, and look at your account. Then " + BACK
                        + "; what is known to be paid is not paid again.";
        };
    }

    private static String after(Retry retry) {
        return switch (retry) {
            case SAFE -> "nothing was started: " + BACK + ".";
            case AFTER -> "later, " + BACK + ".";
            case NEVER -> "correct what is named above, then " + BACK + ".";
        };
    }

    private static String adopt(Path folder, String runId, String when) {
        return command(folder, "-Ddrop.adopt=" + runId + " \"-Ddrop.url=https://...\"", when);
    }

    private static String forget(Path folder, String runId, String when) {
        return command(folder, "-Ddrop.forget=" + runId, when);
    }

    private static String command(Path folder, String what, String when) {
        return "  mvn -q -Pdemo \"-Ddrop.dir=" + folder + "\" " + what + "\n      " + when;
    }
}
