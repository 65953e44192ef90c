package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What ledgers promise besides whose owners live by a lease; here by a short one. */
abstract class LeaseContract extends LedgerContract {

    @Nested
    class ALease {
        @Test
        void thatRanOutMakesClaimsFreeAndWhatWasSentUnknown() {
            Claim claimed = claimed(one, "claimed");
            Claim sent = sent(one, "sent");
            await().atMost(LIMIT).until(() -> {
                two.renew();
                two.recover();
                return two.find("claimed").isEmpty();
            });
            assertThat(two.find("sent").orElseThrow().state()).isEqualTo(RunState.UNKNOWN);
            one.renew();
            assertThat(one.sent(claimed)).isFalse();
            assertThat(two.claim(run("sent"), 1)).isInstanceOf(Claiming.Held.class);
            var late = new Completion("https://v.example/late.mp4", "Completed", null, LIMIT, null, null, null);
            assertThat(one.complete(sent, late)).isTrue();
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
            assertThat(one.sent(paused)).isFalse();
            assertThat(one.release(paused)).isFalse();
            assertThat(two.find("claimed").orElseThrow().owner()).isEqualTo(two.owner());
        }

        @Test
        void thatIsRenewedDoesNotRunOut() {
            claimed(one, "claimed");
            long end = System.nanoTime() + 3 * one.lease().toNanos();
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
