package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The further contract of ledgers whose owners live by a lease. Here the lease is short. */
public abstract class LeaseContract extends FenceContract {
    private static final Duration SHORT = Duration.ofMillis(800);
    /** Beyond any pause that a busy machine makes between two renewals. */
    private static final Duration RENEWABLE = Duration.ofSeconds(2);

    /** Empty. */
    protected abstract Ledger ledger(Duration lease) throws Exception;

    /** Nobody dies unasked. */
    @Override
    protected final Ledger ledger() throws Exception {
        return ledger(Duration.ofMinutes(5));
    }

    @Nested
    class ALease {
        @BeforeEach
        void isShort() throws Exception {
            work(ledger(SHORT));
        }

        @Test
        void thatRanOutMakesClaimsFreeAndWhatWasSentUnknown() {
            Claim claimed = claimed(one, "claimed");
            Attempt sent = sent(one, "sent");
            await().atMost(LIMIT).until(() -> {
                two.renew();
                two.recover();
                return two.find("claimed").isEmpty();
            });
            assertThat(two.find("sent").orElseThrow().state()).isEqualTo(RunState.UNKNOWN);
            one.renew();
            assertThat(one.sent(claimed, null)).isEmpty();
            LedgerContract.refused(two.claim(run("sent"), 1), Claiming.Reason.HELD);
            var late = new Completion("https://v.example/late.mp4", "Completed", null, LIMIT, null, null, null);
            assertThat(one.complete(sent, late)).isEqualTo(Settled.DONE);
            LedgerContract.refused(two.claim(run("sent"), 1), Claiming.Reason.COMPLETED);
        }

        @Test
        void thatRanOutLetsAnotherOwnerTakeTheClaim() {
            Claim paused = claimed(one, "claimed");
            await().atMost(LIMIT).until(() -> {
                two.renew();
                return two.claim(run("claimed"), 1) instanceof Claiming.Claimed;
            });
            one.renew();
            assertThat(one.sent(paused, null)).isEmpty();
            assertThat(one.release(paused)).isFalse();
            assertThat(Claim.sessionOf(two.find("claimed").orElseThrow().owner()))
                    .isEqualTo(two.owner());
        }

        /** Of one of its runs only; the others are as they were. */
        private void buries(String taken) {
            await().atMost(LIMIT).until(() -> {
                two.renew();
                return two.claim(run(taken), 1) instanceof Claiming.Claimed;
            });
        }

        @Test
        void thatRanOutLetsNothingLeaveThoughTheClaimIsStillThere() {
            claimed(one, "taken");
            Claim paused = claimed(one, "paused");
            buries("taken");
            assertThat(state("paused")).isEqualTo(RunState.CLAIMED);
            assertThat(one.sent(paused, null)).as("it is buried").isEmpty();
            assertThat(one.sent(claimed(one, "young"), null)).as("it still is").isEmpty();
            one.renew();
            assertThat(one.sent(paused, null)).as("its old claims stay dead").isEmpty();
            assertThat(state("paused")).isEqualTo(RunState.CLAIMED);
        }

        @Test
        void thatRanOutLetsTheSessionWorkUnderANewName() {
            claimed(one, "taken");
            claimed(one, "paused");
            buries("taken");
            one.renew();
            Claim anew = claimed(one, "paused");
            assertThat(anew.owner()).isNotEqualTo(one.owner());
            assertThat(Claim.sessionOf(anew.owner())).isEqualTo(one.owner());
            one.renew();
            Claim next = claimed(one, "next");
            one.renew();
            Attempt attempt = sent(one, next);
            assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(Claim.sessionOf(found("next").owner())).isEqualTo(one.owner());
        }

        @Test
        void thatRanOutLosesNoReservationToALateRefusal() {
            Claim claim = claimed(one, "sent");
            one.reserve(claim, FIVE, NO_CAPS);
            Attempt attempt = sent(one, claim);
            await().atMost(LIMIT).until(() -> {
                two.renew();
                two.recover();
                return state("sent") == RunState.UNKNOWN;
            });
            assertThat(two.spent("account", today)).isEqualTo(FIVE);
            assertThat(one.reject(attempt, SILENCE)).isEqualTo(Settled.DONE);
            assertThat(state("sent")).isEqualTo(RunState.REJECTED);
            assertThat(found("sent").paidAttempts()).isZero();
            assertThat(two.spent("account", today)).isEqualTo(Amount.NONE);
        }

        @Test
        void thatIsRenewedDoesNotRunOut() throws Exception {
            work(ledger(RENEWABLE));
            claimed(one, "claimed");
            long end = System.nanoTime() + RENEWABLE.toNanos() * 5 / 4;
            await().atMost(LIMIT).until(() -> {
                one.renew();
                two.renew();
                assertThat(two.recover()).isEmpty();
                LedgerContract.refused(two.claim(run("claimed"), 1), Claiming.Reason.IN_FLIGHT);
                return System.nanoTime() > end;
            });
        }
    }
}
