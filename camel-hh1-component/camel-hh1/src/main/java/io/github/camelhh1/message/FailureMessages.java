package io.github.camelhh1.message;

import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.failure.VideoExpiredException;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.text.CleanText;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/** From outcome to exception: what happened, whether money moved, what to do. */
public final class FailureMessages {
    private static final String NOT_BILLED = "Nothing is billed.";
    private static final String FIND_OUT =
            "Whether a video was made and is billed is unknown, so it is not sent again: look into the account's log";

    private static final String SETTLE = ". Then settle it: hh1:adopt with the video's link if there is one, or"
            + " hh1:forget to have it made and paid anew. Run ";

    private final String runUri;

    public FailureMessages(String runUri) {
        this.runUri = runUri;
    }

    /** Of every outcome but {@link Outcome.Completed}. */
    public Hh1Exception of(Outcome outcome, String runId) {
        Trace trace = outcome.trace();
        CallIds ids = trace.ids();
        if (outcome instanceof Outcome.Invalid invalid) {
            return new InvalidRequestException(invalid.violations(), runId, ids);
        } else if (outcome instanceof Outcome.NotSent notSent) {
            return new NotSentException(
                    (trace.attempts() == 0 ? "Not sent: " : "Not sent again after it was throttled: ")
                            + notSent.reason() + ". " + NOT_BILLED + " It is safe to send the message again.",
                    notSent.failure(),
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.Throttled throttled) {
            return throttled(throttled, runId);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            return rejected(rejected, runId);
        } else if (outcome instanceof Outcome.Failed failed) {
            return failed(failed, runId);
        } else if (outcome instanceof Outcome.Unknown unknown) {
            return new OutcomeUnknownException(
                    "The request left and its outcome is unknown: " + unknown.reason() + ". " + FIND_OUT + SETTLE
                            + runId + ".",
                    unknown.failure(),
                    false,
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.Held held) {
            return new OutcomeUnknownException(
                    "Not sent: an earlier try of this request ended unknown (" + held.reason() + "). " + FIND_OUT
                            + SETTLE + runId + ".",
                    null,
                    true,
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.OverBudget overBudget) {
            return new BudgetExceededException(
                    "Not sent: " + overBudget.reason() + ". " + NOT_BILLED
                            + " Send the message again once the day (UTC) is over, or raise the cap. Run " + runId
                            + ".",
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.InFlight inFlight) {
            return new InFlightException(
                    "Not sent: " + inFlight.reason() + ". It may be paid for there, and is not paid for twice: send the"
                            + " message again later, to get the same answer. Run " + runId + ".",
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.KeyReused reused) {
            return new KeyReuseException(
                    "Not sent: " + reused.reason() + ". " + NOT_BILLED
                            + " Give every request a key of its own, or free this one with hh1:forget. Run " + runId
                            + ".",
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.Busy busy) {
            return new BusyException(
                    "Not sent: " + busy.reason() + ". " + NOT_BILLED + " Send the message again later.", runId, ids);
        }
        throw new IllegalArgumentException("a completed generation is no failure");
    }

    /** Of a message whose image could not be kept. */
    static NotSentException unkept(SpoolException e) {
        return new NotSentException(
                "Not sent: " + e.getMessage() + ". " + NOT_BILLED + " It is safe to send the message again.",
                e,
                "",
                CallIds.NONE);
    }

    /** Of a video that was paid for and is gone. */
    public static VideoExpiredException expired(String reason, String link, String runId, CallIds ids) {
        return new VideoExpiredException(
                "The video was made and is billed, and can no longer be fetched: " + reason
                        + ". Only generating it anew, and paying again, brings one: free the run with hh1:forget first. Run "
                        + runId + ".",
                link,
                runId,
                ids);
    }

    private ThrottledException throttled(Outcome.Throttled throttled, String runId) {
        String after = throttled.retryAfter() == null
                ? "later"
                : "in " + throttled.retryAfter().toSeconds() + " s";
        return new ThrottledException(
                "The service asks to send " + after + ", and "
                        + throttled.trace().attempts() + " attempts were made: " + throttled.reason() + ". "
                        + NOT_BILLED,
                answered(throttled.trace()),
                throttled.retryAfter(),
                runId,
                throttled.trace().ids());
    }

    private RejectedException rejected(Outcome.Rejected rejected, String runId) {
        return new RejectedException(
                "The service refused: " + rejected.reason() + ". " + NOT_BILLED
                        + " Mend the cause before sending it again.",
                answered(rejected.trace()),
                runId,
                rejected.trace().ids());
    }

    /** Without a cause: no clause for HTTP may match what may have been paid. */
    private static RejectedException failed(Outcome.Failed failed, String runId) {
        return new RejectedException(
                "The service began and failed, and no video will come: " + failed.reason()
                        + ". Whether it is billed is unknown, and it is counted in the budget. The same request gets the"
                        + " same failure again and is not sent: hh1:forget frees its key, to have it made and paid anew."
                        + " Run " + runId + ".",
                runId,
                failed.trace().ids());
    }

    /** So that an existing clause for camel-http's exception fits; the body is cleaned and short. */
    private HttpOperationFailedException answered(Trace trace) {
        Integer status = trace.ids().httpStatus();
        return new HttpOperationFailedException(
                runUri, status == null ? 0 : status, null, null, headers(trace.ids()), body(trace.answer()));
    }

    private static Map<String, String> headers(CallIds ids) {
        var headers = new HashMap<String, String>();
        if (ids.logId() != null) {
            headers.put("cf-aig-log-id", ids.logId());
        }
        if (ids.rayId() != null) {
            headers.put("cf-ray", ids.rayId());
        }
        return headers;
    }

    private static @Nullable String body(@Nullable String answer) {
        return answer == null ? null : CleanText.of(answer);
    }
}
