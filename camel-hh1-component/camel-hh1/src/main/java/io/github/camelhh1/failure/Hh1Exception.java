package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;
import org.apache.camel.CamelException;
import org.jspecify.annotations.Nullable;

/**
 * A message that did not become a video. Each outcome is a final class of its own, so that {@code onException} can
 * distinguish them. All of them state whether the message may be sent again and whether money moved.
 *
 * <p>Messages hold no key, no query string of a link and at most 500 characters of anybody else's text.
 */
public abstract sealed class Hh1Exception extends CamelException
        permits InvalidRequestException,
                NotSentException,
                ThrottledException,
                RejectedException,
                OutcomeUnknownException,
                BudgetExceededException,
                InFlightException,
                KeyReuseException,
                BusyException,
                DownloadException,
                VideoExpiredException {

    private final String runId;
    private final CallIds ids;
    private final Retry retry;
    private final Billing billing;

    Hh1Exception(String message, @Nullable Throwable cause, String runId, CallIds ids, Retry retry, Billing billing) {
        super(message, cause);
        this.runId = runId;
        this.ids = ids;
        this.retry = retry;
        this.billing = billing;
    }

    /** The run, as operators quote it; empty when the message named no request yet. */
    public String runId() {
        return runId;
    }

    /** Whether the same message may be sent again. */
    public Retry retry() {
        return retry;
    }

    /** Whether money moved. */
    public Billing billing() {
        return billing;
    }

    /** The service's own code, a number or a word. */
    public @Nullable String code() {
        return ids.code();
    }

    /** Status of the last answer. */
    public @Nullable Integer httpStatus() {
        return ids.httpStatus();
    }

    /** The service's log id ({@code cf-aig-log-id}), for its support. */
    public @Nullable String logId() {
        return ids.logId();
    }

    /** The service's ray id ({@code cf-ray}), for its support. */
    public @Nullable String rayId() {
        return ids.rayId();
    }
}
