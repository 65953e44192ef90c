package io.github.camelhh1.ledger.memory;

import static io.github.camelhh1.ledger.LedgerContract.claimed;
import static io.github.camelhh1.ledger.LedgerContract.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** onUnknown=resend: refusals that look-ups find, and claims that a stop gives up. */
class RefusedByLookupTest {
    private static final LookupPlace PLACE = LookupPlace.of("account", "default");
    private static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));
    private static final Ending REFUSED = new Ending("refused", new CallIds(402, "2021", "log-1", null), null);
    private static final int RESEND = 3;

    private Instant now = Instant.parse("2026-02-01T12:00:00Z");
    private final LedgerSession session =
            MemoryLedgers.withLease(() -> now, Duration.ZERO).open();

    private Claim reserved() {
        now = now.plus(Duration.ofMinutes(11));
        Claim claim = claimed(session, run("a"), RESEND);
        session.reserve(claim, FIVE, new Caps(null, null));
        return claim;
    }

    private void loseAnswer() {
        Claim claim = reserved();
        session.unknown(session.sent(claim, null, PLACE.name(UUID.randomUUID())).orElseThrow(), Ending.of("silence"));
    }

    private void findsARefusal() {
        Run due = session.lookUp(PLACE, Duration.ofDays(1), 9, age -> Duration.ZERO)
                .get(0);
        session.found(due, RunState.REJECTED, REFUSED);
    }

    private Run found() {
        return session.find("a").orElseThrow();
    }

    private Amount counted() {
        return session.spent("account", session.today());
    }

    /** Its reservation was forgotten when the run was claimed again: too much stays counted, never too little. */
    @Test
    void theOneAttemptIsRefusedThoughAClaimWasGivenUpMeanwhile() {
        loseAnswer();
        session.release(reserved());
        assertThat(found().state()).isEqualTo(RunState.UNKNOWN);

        findsARefusal();

        assertThat(found().state()).isEqualTo(RunState.REJECTED);
        assertThat(found().paidAttempts()).isZero();
        assertThat(counted()).isEqualTo(FIVE);
    }

    @Test
    void theLastOfTwoIsRefusedAndTheFirstMayBeBilled() {
        loseAnswer();
        String first = found().lookupId();
        loseAnswer();
        assertThat(counted()).isEqualTo(FIVE.plus(FIVE));

        findsARefusal();

        assertThat(found().state()).isEqualTo(RunState.UNKNOWN);
        assertThat(found().paidAttempts()).isEqualTo(1);
        assertThat(found().lookupId()).isEqualTo(first);
        assertThat(counted()).isEqualTo(FIVE);
    }

    @Test
    void bothAreRefusedOneAfterTheOther() {
        loseAnswer();
        loseAnswer();

        findsARefusal();
        findsARefusal();

        assertThat(found().state()).isEqualTo(RunState.REJECTED);
        assertThat(found().paidAttempts()).isZero();
    }

    @Test
    void theLastOfTwoIsRefusedThoughAThirdClaimWasGivenUp() {
        loseAnswer();
        loseAnswer();
        session.release(reserved());

        findsARefusal();

        assertThat(found().state()).isEqualTo(RunState.UNKNOWN);
        assertThat(found().paidAttempts()).isEqualTo(1);
        assertThat(found().lookupId()).as("of the refused attempt").isNull();
        assertThat(counted()).isEqualTo(FIVE.plus(FIVE));
    }
}
