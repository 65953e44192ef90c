package io.github.camelhh1.late;

import static io.github.camelhh1.ledger.LedgerContract.claimed;
import static io.github.camelhh1.ledger.LedgerContract.run;
import static io.github.camelhh1.ledger.LedgerContract.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Row 47: nothing is settled wrongly, and no video is lost or handed on twice, when a statement of a look-up is late. */
class LateLookUpsTest extends LateSessions {
    private static final Duration DAY = Duration.ofDays(1);
    private static final LookupPlace PLACE = LookupPlace.of("account", "default");
    private static final Ending CUT = new Ending("cut", new CallIds(200, null, "log-1", "ray-1"), null);
    private static final Ending REFUSED = new Ending("refused", new CallIds(402, "2021", "log-1", null), null);

    private Run lookedUp(LedgerSession session) {
        List<Run> runs = session.lookUp(PLACE, DAY, 9, age -> Duration.ZERO);
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    @Nested
    class ALookUp {
        @BeforeEach
        void loseAnAnswer() {
            two.unknown(
                    two.sent(claimed(two, "a"), null, PLACE.name(UUID.randomUUID()))
                            .orElseThrow(),
                    SILENCE);
        }

        @Test
        void thatBeginsLateTakesNothingFromTheNodeThatFindsTheVideo() {
            HeldChange late = givesUp(() -> one.lookUp(PLACE, DAY, 9, age -> DAY));
            Run seen = lookedUp(two);
            arrives(late);

            assertThat(two.lookUp(PLACE, DAY, 9, age -> DAY))
                    .as("due as two has said")
                    .hasSize(1);
            assertThat(two.found(seen, video("a"), false)).isTrue();
            assertThat(found().completion()).isEqualTo(video("a"));
        }

        @Test
        void thatBeginsLateAndIsNeverMadeKeepsNoVideoFromItsRun() {
            Run seen = lookedUp(two);
            arrives(givesUp(() -> one.lookUp(PLACE, DAY, 9, age -> DAY)));

            assertThat(two.found(seen, video("a"), false)).isTrue();
            emitted(three, RunState.COMPLETED);
        }

        @Test
        void settlesLateAndOnce() {
            Run seen = lookedUp(one);
            arrives(givesUp(() -> one.found(seen, video("a"), false)));
            assertThat(found().state()).isEqualTo(RunState.COMPLETED);

            assertThat(one.found(seen, video("a"), false)).as("done already").isFalse();
            assertThat(found().late()).isEmpty();
            two.ended(emitted(two, RunState.COMPLETED), null);
            nobodyEmits(RunState.COMPLETED);
        }

        @Test
        void thatSettlesAfterAnotherHasHandedTheVideoOnDoesNotHandItOnAgain() {
            Run seen = lookedUp(one);
            HeldChange late = givesUp(() -> one.found(seen, video("a"), false));
            assertThat(two.found(lookedUp(two), video("a"), false)).isTrue();
            two.ended(emitted(two, RunState.COMPLETED), null);
            arrives(late);

            nobodyEmits(RunState.COMPLETED);
            assertThat(found().completion()).isEqualTo(video("a"));
        }

        @Test
        void thatFindsARefusalLateDoesNotUndoTheOperatorsVideo() {
            Run seen = lookedUp(one);
            HeldChange late = givesUp(() -> one.found(seen, RunState.REJECTED, REFUSED));
            assertThat(two.adopt("a", video("b").videoUrl())).isTrue();
            arrives(late);

            assertThat(found().state()).isEqualTo(RunState.COMPLETED);
            assertThat(found().completion().videoUrl()).isEqualTo(video("b").videoUrl());
        }

        @Test
        void thatSettlesLateDoesNotSettleTheNextAttempt() {
            Run seen = lookedUp(one);
            HeldChange late = givesUp(() -> one.found(seen, video("a"), false));
            assertThat(two.forget("a")).isTrue();
            Attempt next = sent(two, claimed(two, run("a"), 1));
            arrives(late);

            assertThat(found().state()).isEqualTo(RunState.SENT);
            assertThat(two.complete(next, video("b"))).isEqualTo(LedgerSession.Settled.DONE);
            assertThat(found().completion()).isEqualTo(video("b"));
        }
    }

    @Nested
    class WhatIsKnownOfACall {
        private Attempt attempt;

        @BeforeEach
        void send() {
            attempt = one.sent(claimed(one, "a"), null, PLACE.name(UUID.randomUUID()))
                    .orElseThrow();
        }

        @Test
        void thatIsNotedLateIsTheEndingWhenItsOwnerDiesThen() {
            arrives(givesUp(() -> one.noted(attempt, CUT)));
            die(one);

            assertThat(lookedUp(two).ending()).isEqualTo(CUT);
        }

        @Test
        void thatIsNotedAfterItsOwnerHasDiedChangesNothing() {
            HeldChange late = givesUp(() -> one.noted(attempt, CUT));
            die(one);
            arrives(late);

            assertThat(found().state()).isEqualTo(RunState.UNKNOWN);
            assertThat(two.found(lookedUp(two), video("a"), false)).isTrue();
            emitted(two, RunState.COMPLETED);
        }

        @Test
        void thatIsNotedAfterTheVideoHasComeChangesNothing() {
            HeldChange late = givesUp(() -> one.noted(attempt, CUT));
            assertThat(one.complete(attempt, video("a"))).isEqualTo(LedgerSession.Settled.DONE);
            arrives(late);

            assertThat(found().completion()).isEqualTo(video("a"));
            assertThat(found().ending()).isNull();
            nobodyEmits(RunState.COMPLETED);
        }
    }
}
