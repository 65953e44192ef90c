package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What ledgers promise besides whose owners live by a lease; here by a short one. */
abstract class LeaseContract extends LedgerContract {
    private static final Duration SHORT = Duration.ofMillis(800);
    /** Beyond any pause that a busy machine makes between two renewals. */
    private static final Duration RENEWABLE = Duration.ofSeconds(2);

    /** Empty. */
    abstract Ledger ledger(Duration lease) throws Exception;

    /** Nobody dies unasked. */
    @Override
    final Ledger ledger() throws Exception {
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
            assertThat(one.sent(claimed)).isEmpty();
            assertThat(two.claim(run("sent"), 1)).isInstanceOf(Claiming.Held.class);
            var late = new Completion("https://v.example/late.mp4", "Completed", null, LIMIT, null, null, null);
            assertThat(one.complete(sent, late)).isEqualTo(Settled.DONE);
            assertThat(two.claim(run("sent"), 1)).isInstanceOf(Claiming.Completed.class);
        }

        @Test
        void thatRanOutLetsAnotherOwnerTakeTheClaim() {
            Claim paused = claimed(one, "claimed");
            await().atMost(LIMIT).until(() -> {
                two.renew();
                return two.claim(run("claimed"), 1) instanceof Claiming.Claimed;
            });
            one.renew();
            assertThat(one.sent(paused)).isEmpty();
            assertThat(one.release(paused)).isFalse();
            assertThat(LedgerSession.sessionOf(two.find("claimed").orElseThrow().owner()))
                    .isEqualTo(two.owner());
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
                assertThat(two.claim(run("claimed"), 1)).isInstanceOf(Claiming.InFlight.class);
                return System.nanoTime() > end;
            });
        }
    }
}
