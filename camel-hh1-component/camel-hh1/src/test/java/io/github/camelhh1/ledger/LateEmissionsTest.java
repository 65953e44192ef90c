package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.ledger.memory.StatementFaults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Row 48: a statement of an emission that was given up takes effect later, or twice, and hands nothing to two routes. */
class LateEmissionsTest {
    private static final Emission.Filter RECOVERED = new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null);

    /** Gives up one statement of that name; {@link #happen} lets it take effect. */
    private static final class OneIsLate implements StatementFaults {
        private final List<Supplier<?>> late = new ArrayList<>();
        private String next = "";
        private boolean atOnceToo;

        @Override
        public <T> T write(String name, Supplier<T> effect) {
            if (!name.equals(next)) {
                return effect.get();
            }
            next = "";
            if (atOnceToo) {
                effect.get();
            }
            late.add(effect);
            throw new LedgerException(name + " was given up", null);
        }

        @Override
        public <T> T read(String name, Supplier<T> effect) {
            return effect.get();
        }

        void giveUp(String name, boolean takesEffect) {
            next = name;
            atOnceToo = takesEffect;
        }

        void happen() {
            late.forEach(Supplier::get);
        }
    }

    private final Ledger ledger = MemoryLedgers.withLease(Clock.systemUTC(), Duration.ZERO);
    private final OneIsLate statements = new OneIsLate();
    private final LedgerSession one = MemoryLedgers.late(ledger, "one", statements);
    private final LedgerSession two = ledger.open();

    private void complete(String id) {
        Attempt attempt = LedgerContract.sent(two, id);
        two.complete(attempt, LedgerContract.ANSWER, false);
    }

    private Emission emitted(LedgerSession session) {
        List<Emission> emissions = session.emit(RECOVERED, 9);
        assertThat(emissions).hasSize(1);
        return emissions.get(0);
    }

    private void givesUpAnEmission(boolean takesEffect) {
        complete("a");
        statements.giveUp("Emit", takesEffect);
        assertThatThrownBy(() -> one.emit(RECOVERED, 9)).isInstanceOf(LedgerException.class);
    }

    @Test
    void anEmissionThatBeganThoughItWasGivenUpIsFreedByItsOwnSession() {
        givesUpAnEmission(true);
        assertThat(two.emit(RECOVERED, 9)).isEmpty();
        one.recover();
        Emission emission = emitted(two);
        statements.happen();
        one.recover();
        assertThat(one.emit(RECOVERED, 9)).isEmpty();
        assertThat(two.ended(emission, null)).isTrue();
    }

    @Test
    void anEmissionThatBeginsLateIsFreedByItsOwnSession() {
        givesUpAnEmission(false);
        statements.happen();
        assertThat(two.emit(RECOVERED, 9)).isEmpty();
        one.recover();
        emitted(two);
    }

    @Test
    void anEmissionThatBeginsLateTakesNothingFromAnother() {
        givesUpAnEmission(false);
        Emission emission = emitted(two);
        statements.happen();
        one.recover();
        assertThat(one.emit(RECOVERED, 9)).isEmpty();
        assertThat(two.ended(emission, null)).isTrue();
        assertThat(one.emit(RECOVERED, 9)).isEmpty();
    }

    @Test
    void thoseThatBeganBeforeAFailureAreHandedOn() {
        complete("a");
        complete("b");
        var first = new boolean[1];
        LedgerSession failing = MemoryLedgers.late(ledger, "three", new StatementFaults() {
            @Override
            public <T> T write(String name, Supplier<T> effect) {
                if (name.equals("Emit") && first[0]) {
                    throw new LedgerException("away", null);
                }
                first[0] |= name.equals("Emit");
                return effect.get();
            }

            @Override
            public <T> T read(String name, Supplier<T> effect) {
                return effect.get();
            }
        });
        assertThat(failing.emit(RECOVERED, 9)).hasSize(1);
    }

    @Test
    void anAcknowledgementThatIsWrittenTwiceIsOne() {
        complete("a");
        Emission emission = emitted(one);
        statements.giveUp("Emitted", true);
        assertThatThrownBy(() -> one.ended(emission, null)).isInstanceOf(LedgerException.class);
        one.recover();
        assertThat(two.emit(RECOVERED, 9)).isEmpty();
        one.ended(emission, null);
        statements.happen();
        assertThat(two.emit(RECOVERED, 9)).isEmpty();
    }

    @Test
    void anAcknowledgementThatIsStillToBeWrittenIsNotTakenForNoEmission() {
        complete("a");
        Emission emission = emitted(one);
        statements.giveUp("Emitted", false);
        assertThatThrownBy(() -> one.ended(emission, null)).isInstanceOf(LedgerException.class);
        one.recover();
        assertThat(two.emit(RECOVERED, 9)).as("its route has it").isEmpty();
        assertThat(one.ended(emission, null)).isTrue();
        statements.happen();
        assertThat(two.emit(RECOVERED, 9)).isEmpty();
    }

    @Test
    void aFailureThatIsWrittenLateEndsNoEmissionThatBeganMeanwhile() {
        complete("a");
        Emission emission = emitted(one);
        statements.giveUp("Emitted", true);
        assertThatThrownBy(() -> one.ended(emission, Duration.ZERO)).isInstanceOf(LedgerException.class);
        emitted(two);
        statements.happen();
        one.ended(emission, Duration.ZERO);
        assertThat(one.emit(RECOVERED, 9)).as("another hands it on").isEmpty();
    }

    @Test
    void aReplayWhoseAnswerWasLostIsNotEmittedSinceItsMessageComesAgain() {
        complete("a");
        statements.giveUp("REPLAY", true);
        assertThatThrownBy(() -> one.claim(LedgerContract.run("a"), 1)).isInstanceOf(LedgerException.class);
        assertThat(two.emit(RECOVERED, 9)).isEmpty();
        LedgerContract.refused(one.claim(LedgerContract.run("a"), 1), Claiming.Reason.COMPLETED);
    }

    @Test
    void aReplayThatTakesEffectLateTakesNothingFromARoute() {
        complete("a");
        statements.giveUp("REPLAY", false);
        assertThatThrownBy(() -> one.claim(LedgerContract.run("a"), 1)).isInstanceOf(LedgerException.class);
        Emission emission = emitted(two);
        statements.happen();
        assertThat(two.ended(emission, null)).isTrue();
    }

    /** A disk that is full: the row says that money may have moved, and the answer says so, too. */
    @Test
    void aHeldRunWhoseMarkCannotBeWrittenIsHeld() {
        Attempt attempt = LedgerContract.sent(two, "a");
        two.unknown(attempt, Ending.of("no answer"));
        statements.giveUp("ASK", false);

        LedgerContract.refused(one.claim(LedgerContract.run("a"), 1), Claiming.Reason.HELD);
    }

    @Test
    void emissionsUnderAnOwnersBuriedNameHideNoOthers() {
        var now = new AtomicReference<>(Instant.EPOCH);
        Ledger leased = MemoryLedgers.withLease(now::get, Duration.ofSeconds(30));
        LedgerSession first = leased.open();
        for (String id : List.of("a", "b", "c")) {
            first.complete(LedgerContract.sent(first, id), LedgerContract.ANSWER, false);
            now.set(now.get().plusMillis(1));
        }
        assertThat(first.emit(RECOVERED, 2)).hasSize(2);
        now.set(now.get().plusSeconds(60));
        leased.open().recover();
        first.renew();

        assertThat(first.emit(RECOVERED, 1))
                .extracting(emission -> emission.run().runId())
                .containsExactly("c");
    }

    @Test
    void aMarkThatTakesEffectLateStopsNoOwner() {
        Attempt attempt = LedgerContract.sent(two, "a");
        statements.giveUp("ASK", false);
        LedgerContract.refused(one.claim(LedgerContract.run("a"), 1), Claiming.Reason.IN_FLIGHT);
        statements.happen();
        assertThat(two.complete(attempt, LedgerContract.ANSWER)).isEqualTo(LedgerSession.Settled.DONE);
    }
}
