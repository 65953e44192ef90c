package io.github.camelhh1.failure;

import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request left, and whether a video was made and billed is unknown. It is never sent again by itself.
 *
 * <p>It has no cause: Camel walks the causes, and an existing HTTP or I/O retry clause must never match what may have
 * been paid. The failure behind it is a suppressed exception, the status is {@link #httpStatus()}.
 */
public final class OutcomeUnknownException extends Hh1Exception {
    private final boolean held;
    private final @Nullable String taskId;
    private final ArrayList<Candidate> candidates;

    public OutcomeUnknownException(
            String message,
            @Nullable Throwable failure,
            boolean held,
            @Nullable String taskId,
            String runId,
            CallIds ids) {
        this(message, failure, held, taskId, runId, ids, List.of());
    }

    public OutcomeUnknownException(
            String message,
            @Nullable Throwable failure,
            boolean held,
            @Nullable String taskId,
            String runId,
            CallIds ids,
            List<Candidate> candidates) {
        super(message, null, runId, ids, Retry.NEVER, Billing.UNKNOWN);
        this.held = held;
        this.taskId = taskId;
        this.candidates = new ArrayList<>(candidates);
        if (failure != null) {
            addSuppressed(failure);
        }
    }

    /** Whether an earlier try ended unknown, so that this one was not sent. */
    public boolean held() {
        return held;
    }

    /** The service's name for the task that may yet bring the video; null on a service without tasks, and where it gave none. */
    public @Nullable String taskId() {
        return taskId;
    }

    /**
     * Whether the video may still come without a person, since the service gave the request a task. The same message,
     * delivered again, then waits for that task, and pays nothing.
     */
    public boolean isGoingOn() {
        return taskId != null && !held;
    }

    /**
     * Tasks of the account that may belong to this request, whose create was not answered. No run of the last 30 days
     * has the id of such a task, but an operator may have adopted its video for another run. The component adopts none.
     * Empty if none was found, or none was looked for.
     */
    public List<Candidate> candidates() {
        return List.copyOf(candidates);
    }
}
