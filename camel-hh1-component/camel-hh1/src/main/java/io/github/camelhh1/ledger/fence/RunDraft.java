package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row while a change is made to it. */
final class RunDraft {
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

    final List<String> staged;

    @Nullable
    RunState before;

    @Nullable
    Reservation reserved;

    private final long version;

    RunDraft(RunRow row) {
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
        this.staged = new ArrayList<>(run.staged());
        this.before = row.before();
        this.reserved = row.reserved();
        this.version = row.version();
    }

    void stage(@Nullable String reference) {
        if (reference != null && !staged.contains(reference)) {
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
                List.copyOf(staged),
                List.of());
        return new RunRow(run, version + 1, before, reserved);
    }
}
