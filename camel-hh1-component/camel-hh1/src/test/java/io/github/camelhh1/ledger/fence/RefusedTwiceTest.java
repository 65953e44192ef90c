package io.github.camelhh1.ledger.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run that was sent again, and whose later attempts were refused: what is known of the attempts before. */
class RefusedTwiceTest {
    private static final NewRun ASKED = new NewRun("run", "account", "model", "key", "print", "a.mp4", 5, null, null);
    private static final Ending SILENCE = Ending.of("silence");
    private static final Ending REFUSAL = new Ending("refused", new CallIds(402, "2021", "log-3", "ray-3"), null);
    private static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final LedgerSession session =
            MemoryLedgers.open(MemoryLedgers.withLease(() -> now, Duration.ofDays(9)), "node");

    private Claim claim(int maxPaidAttempts) {
        return ((Claiming.Claimed) session.claim(ASKED, maxPaidAttempts)).claim();
    }

    private Attempt sent(Claim claim, @Nullable String name) {
        return session.sent(claim, null, name).orElseThrow();
    }

    private void lost(int maxPaidAttempts, String name) {
        session.unknown(sent(claim(maxPaidAttempts), name), SILENCE);
        now = now.plus(Duration.ofMinutes(20));
    }

    private Run run() {
        return session.find("run").orElseThrow();
    }

    /** Attempts 1 and 2 are unknown, the third is refused. Then the logs say that the second was refused. */
    @Test
    void theFirstAttemptIsNotTakenForRefusedWhenTheSecondWasRefusedTwice() {
        lost(3, "name-1");
        lost(3, "name-2");
        session.reject(sent(claim(3), "name-3"), REFUSAL);
        assertThat(run().lookupId()).isEqualTo("name-2");

        assertThat(session.found(run(), RunState.REJECTED, REFUSAL)).isTrue();
        assertThat(run().lookupId())
                .as("the name of the refused attempt would be asked for again, as if it were that of the first")
                .isNull();
        assertThat(run().state()).as("nobody knows what became of name-1").isEqualTo(RunState.UNKNOWN);
        assertThat(session.claim(ASKED, 1)).as("onUnknown=hold").isInstanceOf(Claiming.NotClaimed.class);
    }

    /** The look-up reads the logs, and the candidates are listed, around the time at which the run was sent. */
    @Test
    void anAttemptThatDidNotStartLeavesTheTimeOfTheOneBefore() {
        Instant first = now;
        lost(2, "name-1");
        Claim again = claim(2);
        session.unsent(sent(again, "name-2"));
        session.release(again);

        assertThat(run().lookupId()).isEqualTo("name-1");
        assertThat(run().sentAt()).isEqualTo(first);
    }

    /** The reason of a held run must not be that of a later attempt, which is known to have brought nothing. */
    @Test
    void aTaskThatFailedOnceResumedDoesNotPassItsReasonOffAsThatOfTheAttemptBefore() {
        session.unknown(sent(claim(2), null), SILENCE);
        Attempt second = sent(claim(2), null);
        session.task(second, "task-2");
        session.unknown(second, Ending.of("task task-2: it had not ended when generationTimeout was over"));

        session.reject(session.resume("run", "task-2").orElseThrow(), REFUSAL);

        assertThat(run().state()).isEqualTo(RunState.UNKNOWN);
        assertThat(run().taskId()).isNull();
        assertThat(run().reason()).doesNotContain("task-2");
    }

    /** Its task failed, which is not billed. It is claimed again, and given up before it is sent. */
    @Test
    void aRefusedRunKeepsItsOwnReasonWhenItsNextClaimIsGivenUp() {
        Attempt only = sent(claim(1), null);
        session.task(only, "task-1");
        session.reject(only, Ending.of("the picture shows a face"));

        session.release(claim(1));

        assertThat(run().state()).isEqualTo(RunState.REJECTED);
        assertThat(run().paidAttempts()).isZero();
        assertThat(run().reason()).isEqualTo("the picture shows a face");
    }
}
