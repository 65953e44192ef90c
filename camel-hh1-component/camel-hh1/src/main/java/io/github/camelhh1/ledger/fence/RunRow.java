package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code hh1_run}: the run, and the columns that only the ledger itself needs.
 *
 * @param version counts the changes of the row, from 1
 * @param before the run as its last claim found it; null when the run was new
 * @param reserved the reservation of the last attempt, or of the one to come; null when nothing is reserved
 * @param marks whether an exchange has got the ending
 */
public record RunRow(
        Run run,
        long version,
        @Nullable Before before,
        @Nullable Reservation reserved,
        Marks marks) {

    /**
     * Notes whether an exchange has received the run's ending. A shortened run has 1970 as the time at which it was
     * handed on.
     *
     * @param handedAt when an exchange got the ending; null while none has
     * @param askedAt when a delivery last asked for the run in vain; null when none has
     * @param emitOwner the owner that hands it on now; null when nobody does
     * @param emitUntil no emission begins before that; null for no limit
     * @param lookAt an unknown run is not looked up before that; null for no limit. Of a run that is sent: when its
     *     ending so far was noted; null while none is
     */
    public record Marks(
            @Nullable Instant handedAt,
            @Nullable Instant askedAt,
            @Nullable String emitOwner,
            @Nullable Instant emitUntil,
            @Nullable Instant lookAt) {
        static final Marks NONE = new Marks(null, null, null, null, null);

        /** The ending was handed on then, or waits to be handed on if null. */
        Marks handed(@Nullable Instant at) {
            return new Marks(at, askedAt, null, null, lookAt);
        }

        Marks asked(Instant at) {
            return new Marks(handedAt, at, emitOwner, emitUntil, lookAt);
        }

        Marks emitted(@Nullable String owner, @Nullable Instant until) {
            return new Marks(handedAt, askedAt, owner, until, lookAt);
        }

        Marks looked(@Nullable Instant next) {
            return new Marks(handedAt, askedAt, emitOwner, emitUntil, next);
        }

        boolean isPruned() {
            return Instant.EPOCH.equals(handedAt);
        }
    }

    /**
     * A run as its last claim found it.
     *
     * @param lookupId the name of its last attempt then; null where it had none
     * @param sentAt of that attempt; null where none was sent
     */
    public record Before(
            RunState state,
            @Nullable String lookupId,
            @Nullable Instant sentAt) {}

    /** The part of its account's budget that a run has reserved, until it is spent or given back. */
    public record Reservation(LocalDate day, Amount amount) {}

    /**
     * The row that a change is meant for: of this run, of this owner's claim, and not changed since.
     *
     * @param version each change takes place on one version only
     */
    public record Expected(Claim claim, long version) {
        public String runId() {
            return claim.runId();
        }

        public boolean fits(RunRow row) {
            return row.version() == version && row.isOf(claim);
        }
    }

    /** The row that an insert makes. */
    public static RunRow inserted(NewRun asked, Claim claim, Instant now) {
        var run = new Run(
                asked,
                RunState.CLAIMED,
                claim.owner(),
                claim.number(),
                0,
                0,
                "",
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of());
        return new RunRow(run, 1, null, null, Marks.NONE);
    }

    public Expected expected() {
        return new Expected(claim(), version);
    }

    public Claim claim() {
        return new Claim(run.runId(), run.owner(), run.claim());
    }

    public boolean isOf(Claim claim) {
        return claim().equals(claim);
    }

    public boolean isOpen() {
        return run.state() == RunState.CLAIMED || run.state() == RunState.SENT;
    }

    /**
     * The name of the attempt before the one that is undone; null where there is none. If the last claim sent nothing, the
     * row has the name that the claim found; once that attempt is refused, an earlier name is not known.
     */
    public @Nullable String nameBefore() {
        String name = run.lookupId();
        String earlier = before == null ? null : before.lookupId();
        if (run.state() == RunState.UNKNOWN) {
            return Objects.equals(name, earlier) ? null : earlier;
        }
        // A claim of an older version has not noted the name that it found.
        return earlier == null && run.state() == RunState.CLAIMED ? name : earlier;
    }

    /**
     * The length of the column of staged images. A further image is sent, and not removed once the run is settled: a
     * request that cannot be sent any more would be worse.
     */
    public static final int LONGEST_STAGED = 20_000;

    /** A row while a change is made to it. */
    static final class Draft {
        NewRun asked;
        RunState state;
        Claim claim;
        int attempt;
        int paidAttempts;
        String causes;
        final Instant createdAt;

        @Nullable
        Instant sentAt;

        @Nullable
        Instant settledAt;

        @Nullable
        Ending ending;

        @Nullable
        Completion completion;

        @Nullable
        String taskId;

        @Nullable
        String lookupId;

        final List<String> staged;

        @Nullable
        Before before;

        @Nullable
        Reservation reserved;

        Marks marks;

        private final long version;

        Draft(RunRow row) {
            Run run = row.run();
            this.asked = run.asked();
            this.state = run.state();
            this.claim = row.claim();
            this.attempt = run.attempt();
            this.paidAttempts = run.paidAttempts();
            this.causes = run.causes();
            this.createdAt = run.createdAt();
            this.sentAt = run.sentAt();
            this.settledAt = run.settledAt();
            this.ending = run.ending();
            this.completion = run.completion();
            this.taskId = run.taskId();
            this.lookupId = run.lookupId();
            this.staged = new ArrayList<>(run.staged());
            this.before = row.before();
            this.reserved = row.reserved();
            this.marks = row.marks();
            this.version = row.version();
        }

        void stage(@Nullable String reference) {
            if (reference != null
                    && !staged.contains(reference)
                    && String.join("\n", staged).length() + reference.length() < LONGEST_STAGED) {
                staged.add(reference);
            }
        }

        /** The row of the next version. */
        RunRow row() {
            var run = new Run(
                    asked,
                    state,
                    claim.owner(),
                    claim.number(),
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
                    List.copyOf(staged),
                    List.of());
            return new RunRow(run, version + 1, before, reserved, marks);
        }
    }
}
