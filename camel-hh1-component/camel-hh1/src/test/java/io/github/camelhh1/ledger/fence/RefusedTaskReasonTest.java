package io.github.camelhh1.ledger.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A run whose task failed, which is not billed, and which is claimed again and given up before it is sent. */
class RefusedTaskReasonTest {
    private static final NewRun ASKED = new NewRun("run", "account", "model", "key", "print", "a.mp4", 5, null, null);

    private final Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final LedgerSession session =
            MemoryLedgers.open(MemoryLedgers.withLease(() -> now, Duration.ofDays(9)), "node");

    private Claim claim() {
        return ((Claiming.Claimed) session.claim(ASKED, 1)).claim();
    }

    @Test
    void keepsItsOwnReason() {
        Attempt only = session.sent(claim(), null, null).orElseThrow();
        session.task(only, "task-1");
        session.reject(only, Ending.of("the picture shows a face"));

        session.release(claim());

        Run run = session.find("run").orElseThrow();
        assertThat(run.state()).isEqualTo(RunState.REJECTED);
        assertThat(run.paidAttempts()).isZero();
        assertThat(run.reason()).isEqualTo("the picture shows a face");
    }
}
