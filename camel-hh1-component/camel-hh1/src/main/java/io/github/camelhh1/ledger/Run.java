package io.github.camelhh1.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as the ledger holds it. Times are by the ledger's clock.
 *
 * @param asked the request as it was written when it was claimed
 * @param owner owner of the last claim
 * @param claim number of that claim
 * @param attempt number of the last attempt; 0 when none was made
 * @param paidAttempts attempts that may have been paid
 * @param causes why earlier attempts were sent again, one line each; empty when none was
 * @param sentAt when the last attempt left; null when none did
 * @param settledAt when it was settled; null while it is not
 * @param ending the ending, where no video came; null otherwise
 * @param completion the answer with a video; null when there is none
 * @param taskId the service's name for the last attempt; null where it gave none
 * @param lookupId the name that the last attempt was sent with, by which the service can be asked for it; null where it has none
 * @param staged images that were staged for it and may still be needed, since its outcome is not known
 * @param late results that came when the run belonged to another claim or attempt
 */
public record Run(
        NewRun asked,
        RunState state,
        String owner,
        long claim,
        int attempt,
        int paidAttempts,
        String causes,
        Instant createdAt,
        @Nullable Instant sentAt,
        @Nullable Instant settledAt,
        @Nullable Ending ending,
        @Nullable Completion completion,
        @Nullable String taskId,
        @Nullable String lookupId,
        List<String> staged,
        List<LateResult> late) {

    /** Alibaba Model Studio knows a task for this time (HappyHorse image-to-video API reference). */
    public static final Duration TASK_LIFE = Duration.ofHours(24);

    public String runId() {
        return asked.runId();
    }

    /** Whether its ending has a link, which may be that of a paid video. */
    public boolean hasLink() {
        return ending != null && ending.link() != null;
    }

    /**
     * Whether it is {@code UNKNOWN} and has a task that may go on. The answer for an ended task has a code or a link.
     */
    public boolean hasOpenTask() {
        return state == RunState.UNKNOWN
                && taskId != null
                && (ending == null || (ending.ids().code() == null && ending.link() == null));
    }

    /** Whether the service still knows its open task, so that a node may ask for it. */
    public boolean isGoingOn(Instant now) {
        return hasOpenTask() && sentAt != null && now.isBefore(sentAt.plus(TASK_LIFE));
    }

    /** The same run with results that came too late for it. */
    public Run withLate(List<LateResult> results) {
        return new Run(
                asked,
                state,
                owner,
                claim,
                attempt,
                paidAttempts,
                causes,
                createdAt,
                sentAt,
                settledAt,
                ending,
                completion,
                taskId,
                lookupId,
                staged,
                results);
    }

    /** The service's names for the call that ended without a video. */
    public CallIds ids() {
        return ending == null ? CallIds.NONE : ending.ids();
    }

    /** The reason of its ending, for people. */
    public String reason() {
        return ending == null ? "" : ending.reason();
    }

    /**
     * Selects runs. A component that is null selects all.
     *
     * @param account the whole name
     * @param name a part of the video's file name, in the same letters
     * @param since the earliest time at which a run was first claimed, inclusive
     * @param taskIds the names of the last attempt's task, one of which a run has
     */
    public record Filter(
            @Nullable RunState state,
            @Nullable String account,
            @Nullable String name,
            @Nullable Instant since,
            @Nullable Set<String> taskIds) {

        public Filter(
                @Nullable RunState state, @Nullable String account, @Nullable String name, @Nullable Instant since) {
            this(state, account, name, since, null);
        }

        public static Filter of(@Nullable RunState state) {
            return new Filter(state, null, null, null);
        }

        /** A database reads all runs since then, for no index has the tasks. */
        public static Filter ofTasks(Set<String> taskIds, Instant since) {
            return new Filter(null, null, null, since, taskIds);
        }

        public boolean matches(Run run) {
            return (state == null || run.state == state)
                    && (account == null || run.asked.account().equals(account))
                    && (name == null || run.asked.videoFileName().contains(name))
                    && (since == null || !run.createdAt.isBefore(since))
                    && (taskIds == null || (run.taskId != null && taskIds.contains(run.taskId)));
        }
    }

    /**
     * A result that came when its run belonged to another claim or attempt.
     *
     * @param at when it was written, by the ledger's clock
     * @param state the state that the run would have
     * @param videoUrl the whole link, signature included: it may have been paid for; null when there is none
     * @param ending the ending of an attempt without a video; null when there is a video
     */
    public record LateResult(
            Instant at,
            int attempt,
            RunState state,
            @Nullable String videoUrl,
            @Nullable Ending ending) {}
}
