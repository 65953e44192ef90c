package io.github.camelhh1.late;

import static io.github.camelhh1.ledger.LedgerContract.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row 48: two living nodes never hand on the same run, and no run is lost, when a statement of an emission is late. */
class LateHandingOnTest extends LateSessions {
    private void ends(RunState state) {
        Attempt attempt = sent(two, "a");
        if (state == RunState.COMPLETED) {
            two.complete(attempt, video("a"), false);
        } else {
            two.unknown(attempt, SILENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"COMPLETED", "UNKNOWN"})
    void thatBeginsLateTakesNothingFromTheNodeThatHandsTheRunOn(RunState state) {
        ends(state);
        HeldChange late = givesUp(() -> emit(one, state));
        Emission emission = emitted(two, state);
        arrives(late);

        one.recover();
        nobodyEmits(state);
        assertThat(two.ended(emission, null)).isTrue();
        nobodyEmits(state);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"COMPLETED", "UNKNOWN"})
    void thatBeginsLateIsFreedByItsLivingOwner(RunState state) {
        ends(state);
        arrives(givesUp(() -> emit(one, state)));
        nobodyEmits(state);

        one.recover();
        assertThat(two.ended(emitted(two, state), null)).isTrue();
        nobodyEmits(state);
    }

    @Test
    void thatBeginsAfterItsOwnerHasDiedIsNone() {
        ends(RunState.COMPLETED);
        HeldChange late = givesUp(() -> emit(one, RunState.COMPLETED));
        die(one);
        arrives(late);

        emitted(two, RunState.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"COMPLETED", "UNKNOWN"})
    void isAcknowledgedOnceThoughTheFirstAcknowledgementComesAfterTheSecond(RunState state) {
        ends(state);
        Emission emission = emitted(one, state);
        HeldChange late = givesUp(() -> one.ended(emission, null));
        one.recover();
        assertThat(emit(two, state)).as("its route has it").isEmpty();
        assertThat(one.ended(emission, null)).isTrue();
        arrives(late);

        nobodyEmits(state);
    }

    @Test
    void isAcknowledgedLate() {
        ends(RunState.COMPLETED);
        Emission emission = emitted(one, RunState.COMPLETED);
        arrives(givesUp(() -> one.ended(emission, null)));

        one.recover();
        nobodyEmits(RunState.COMPLETED);
        one.ended(emission, null);
        nobodyEmits(RunState.COMPLETED);
    }

    @Test
    void thatWasAcknowledgedOrFailedByADeadNodeEndsNotThatOfTheNext() {
        for (Duration again : new Duration[] {null, Duration.ZERO}) {
            LedgerSession dying = database.ledger(LEASE).open();
            if (again == null) {
                ends(RunState.COMPLETED);
            }
            Emission emission = emitted(dying, RunState.COMPLETED);
            HeldChange late = givesUp(() -> dying.ended(emission, again));
            die(dying);
            Emission next = emitted(two, RunState.COMPLETED);
            arrives(late);

            assertThat(emit(three, RunState.COMPLETED)).as("two is at it").isEmpty();
            assertThat(two.ended(next, Duration.ZERO)).isTrue();
        }
        emitted(three, RunState.COMPLETED);
    }
}
