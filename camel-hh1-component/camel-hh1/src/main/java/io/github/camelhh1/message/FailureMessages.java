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
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.QuotedPrompt;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.text.CleanText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Makes an exception of an outcome: it says what happened, whether money moved, and what to do. */
public final class FailureMessages {
    private static final String NOT_BILLED = "Nothing is billed.";
    private static final String SAFE = " It is safe to send the message again.";
    private static final String SETTLE =
            "Whether a video was made and is billed is unknown, so it is not sent again: look into the account's log."
                    + " Then settle it: hh1:adopt with the video's link if there is one, or hh1:forget to have it made and"
                    + " paid anew.";

    private static final String TASK_FIRST =
            " Ask for its task with hh1:lookup first: hh1:forget is refused as long as the task may go on.";

    private final String runUri;

    public FailureMessages(String runUri) {
        this.runUri = runUri;
    }

    /**
     * Of every outcome but {@link Outcome.Completed}. Camel shows messages of exceptions in logs and spans, which must not
     * hold the prompt.
     */
    public Hh1Exception of(Outcome outcome, String runId, GenerationRequest request) {
        Trace trace = outcome.trace();
        CallIds ids = trace.ids();
        String run = " Run " + runId + ".";
        if (outcome instanceof Outcome.Invalid invalid) {
            return new InvalidRequestException(invalid.violations(), runId, ids);
        } else if (outcome instanceof Outcome.NotSent notSent) {
            String again = trace.attempts() == 0 ? "" : " again after it was throttled";
            return new NotSentException(notSent(again, notSent.reason()) + SAFE, notSent.failure(), runId, ids);
        } else if (outcome instanceof Outcome.Throttled throttled) {
            return throttled(throttled, runId, request);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            return new RejectedException(
                    "The service refused: " + QuotedPrompt.of(rejected.reason(), request) + ". " + NOT_BILLED
                            + " Correct the cause before sending it again.",
                    answered(trace),
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.Failed failed) {
            // Without a cause: no clause for HTTP may match what may have been paid.
            return new RejectedException(
                    "The service began and failed, and no video will come: "
                            + QuotedPrompt.of(failed.reason(), request)
                            + ". Whether it is billed is unknown, and it is counted in the budget. The same request gets"
                            + " the same failure again and is not sent: hh1:forget frees its key, to have it made and paid"
                            + " anew." + run,
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.Unknown unknown) {
            String text = "The request left and its outcome is unknown: " + QuotedPrompt.of(unknown.reason(), request)
                    + call(trace) + candidates(unknown.candidates()) + ". " + settle(trace) + run;
            return new OutcomeUnknownException(
                    text, unknown.failure(), false, trace.taskId(), runId, ids, unknown.candidates());
        } else if (outcome instanceof Outcome.Held held) {
            String text = "Not sent: an earlier try of this request ended unknown (" + held.reason() + call(trace)
                    + "). " + settle(trace);
            return new OutcomeUnknownException(text + run, null, true, trace.taskId(), runId, ids);
        } else if (outcome instanceof Outcome.OverBudget overBudget) {
            String later = " Send the message again once the day (UTC) is over, or raise the cap.";
            return new BudgetExceededException(notSent("", overBudget.reason()) + later + run, runId, ids);
        } else if (outcome instanceof Outcome.InFlight inFlight) {
            return new InFlightException(
                    "Not sent: " + inFlight.reason() + ". It may be paid for there, and is not paid for twice: send the"
                            + " message again later, to get the same answer." + run,
                    runId,
                    ids);
        } else if (outcome instanceof Outcome.KeyReused reused) {
            String remedy = " Give every request a key of its own, or free this one with hh1:forget.";
            return new KeyReuseException(notSent("", reused.reason()) + remedy + run, runId, ids);
        } else if (outcome instanceof Outcome.Busy busy) {
            return new BusyException(notSent("", busy.reason()) + " Send the message again later.", runId, ids);
        }
        throw new IllegalArgumentException("a completed generation is no failure");
    }

    /** The ids by which the account's log shows the call. */
    private static String call(Trace trace) {
        CallIds ids = trace.ids();
        return (trace.taskId() == null ? "" : ", task id " + trace.taskId())
                + (ids.logId() == null ? "" : ", log id " + ids.logId())
                + (ids.rayId() == null ? "" : ", ray id " + ids.rayId());
    }

    private static String settle(Trace trace) {
        return trace.taskId() == null ? SETTLE : SETTLE + TASK_FIRST;
    }

    /** Without links, whose signatures no message holds. */
    private static String candidates(List<Candidate> found) {
        return found.isEmpty()
                ? ""
                : found.stream()
                        .map(task -> task.taskId() + " (" + task.status() + ", created at " + task.createdAt() + ")")
                        .collect(Collectors.joining(
                                ", ", ". It may be one of these tasks, whose links hh1:runs shows: ", ""));
    }

    private static String notSent(String again, String reason) {
        return "Not sent" + again + ": " + reason + ". " + NOT_BILLED;
    }

    /** Of a message whose endpoint cannot start, because its ledger is away or its options are wrong. */
    public static NotSentException notStarted(String endpoint, Exception e) {
        return new NotSentException(
                "Nothing was sent or changed: " + endpoint + " cannot start: " + e.getMessage() + ". " + NOT_BILLED
                        + " Send the message again once the cause is corrected.",
                e,
                "",
                CallIds.NONE);
    }

    /** Of a message whose image could not be kept. */
    static NotSentException unkept(Spool.Failure e) {
        return new NotSentException(notSent("", String.valueOf(e.getMessage())) + SAFE, e, "", CallIds.NONE);
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

    private ThrottledException throttled(Outcome.Throttled throttled, String runId, GenerationRequest request) {
        String after = throttled.retryAfter() == null
                ? "later"
                : "in " + throttled.retryAfter().toSeconds() + " s";
        int attempts = throttled.trace().attempts();
        return new ThrottledException(
                "The service asks to send " + after + ", and "
                        + (attempts == 1 ? "1 attempt was made" : attempts + " attempts were made") + ": "
                        + QuotedPrompt.of(throttled.reason(), request) + ". "
                        + NOT_BILLED,
                answered(throttled.trace()),
                throttled.retryAfter(),
                runId,
                throttled.trace().ids());
    }

    /** An existing clause for the exception of camel-http matches it; the body is cleaned and short. */
    private HttpOperationFailedException answered(Trace trace) {
        Integer status = trace.ids().httpStatus();
        return new HttpOperationFailedException(
                runUri,
                status == null ? 0 : status,
                null,
                null,
                headers(trace.ids()),
                CleanText.ofHeader(trace.answer()));
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
}
