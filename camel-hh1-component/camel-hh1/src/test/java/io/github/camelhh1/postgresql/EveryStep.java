package io.github.camelhh1.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Does once each thing that a ledger does. Each must succeed: a statement that changes no row may be planned otherwise. */
final class EveryStep {
    static final Completion VIDEO =
            new Completion("https://v.example/1.mp4", "Completed", null, Duration.ofSeconds(90), "log", "ray", null);
    private static final Ending SILENCE = Ending.of("silence");
    private static final Duration YEARS = Duration.ofDays(9_999);
    private static final int FEW = 5;

    private final Ledger ledger;
    private final LedgerSession session;
    private final String prefix;
    private int number;

    EveryStep(Ledger ledger, LedgerSession session, String prefix) {
        this.ledger = ledger;
        this.session = session;
        this.prefix = prefix;
    }

    static NewRun asked(String id) {
        return new NewRun(
                id, OldRuns.ACCOUNT, "model", "key " + id, "print", id + ".mp4", 5, new BigDecimal("0.7"), null, null);
    }

    private Claim claimed(LedgerSession by) {
        return claimed(by, prefix + ++number);
    }

    private static Claim claimed(LedgerSession by, String id) {
        return ((Claiming.Claimed) by.claim(asked(id), 2)).claim();
    }

    private Attempt sent(LedgerSession by) {
        Claim claim = claimed(by);
        return by.sent(claim, null, "look " + claim.runId()).orElseThrow();
    }

    void all() {
        claimAndSettle();
        budget();
        resume();
        lookUp();
        emit();
        recover();
        byHand();
        read();
    }

    private void claimAndSettle() {
        Attempt first = sent(session);
        assertThat(session.claim(asked(first.claim().runId()), 1)).isInstanceOf(Claiming.NotClaimed.class);
        assertThat(session.unsent(first)).isTrue();
        Attempt second = session.sent(first.claim(), "s3:staged/1").orElseThrow();
        assertThat(session.task(second, "task")).isTrue();
        assertThat(session.complete(second, VIDEO, false)).isEqualTo(Settled.DONE);
        assertThat(session.claim(asked(first.claim().runId()), 1)).isInstanceOf(Claiming.NotClaimed.class);
        assertThat(session.failed(sent(session), SILENCE)).isEqualTo(Settled.DONE);
        assertThat(session.reject(sent(session), SILENCE)).isEqualTo(Settled.DONE);
        // Without a name for look-ups: it would be looked up first.
        Attempt unknown = session.sent(claimed(session), null).orElseThrow();
        assertThat(session.unknown(unknown, SILENCE)).isEqualTo(Settled.DONE);
        Claim again = claimed(session, unknown.claim().runId());
        assertThat(session.release(again)).isTrue();
        assertThat(session.release(claimed(session))).isTrue();
        Claim abandoned = sent(session).claim();
        assertThat(session.abandon(abandoned, SILENCE)).isTrue();
        Attempt forgotten = sent(session);
        session.unknown(forgotten, SILENCE);
        session.forget(forgotten.claim().runId());
        assertThat(session.complete(forgotten, VIDEO)).isEqualTo(Settled.LATE);
        session.renew();
    }

    private void budget() {
        Amount amount = new Amount(5, new BigDecimal("0.7"));
        Claim claim = claimed(session);
        assertThat(session.reserve(claim, amount, new Caps(null, null))).isInstanceOf(Reserving.Reserved.class);
        assertThat(session.reserve(claim, amount, new Caps(null, null))).isInstanceOf(Reserving.Reserved.class);
        assertThat(session.reserve(claim, amount, new Caps(1L, null))).isInstanceOf(Reserving.Refused.class);
        Attempt attempt = session.sent(claim, null).orElseThrow();
        assertThat(session.spending(OldRuns.ACCOUNT, session.today()).reserved().seconds())
                .isPositive();
        assertThat(session.reject(attempt, SILENCE)).isEqualTo(Settled.DONE);
    }

    private void resume() {
        Attempt attempt = sent(session);
        session.task(attempt, "task");
        session.unknown(attempt, SILENCE);
        assertThat(session.toResume(OldRuns.ACCOUNT, Integer.MAX_VALUE)).isNotEmpty();
        Attempt resumed = session.resume(attempt.claim().runId(), "task").orElseThrow();
        assertThat(session.complete(resumed, VIDEO)).isEqualTo(Settled.DONE);
    }

    private void lookUp() {
        List<Run> due =
                session.lookUp(LookupPlace.of(OldRuns.ACCOUNT, "default"), YEARS, FEW, age -> Duration.ofHours(1));
        assertThat(due).hasSizeGreaterThan(1);
        assertThat(session.found(due.get(0), VIDEO, false)).isTrue();
        assertThat(session.found(due.get(1), RunState.REJECTED, SILENCE)).isTrue();
    }

    private void emit() {
        for (RunState state : List.of(RunState.COMPLETED, RunState.UNKNOWN)) {
            List<Emission> emissions = session.emit(new Emission.Filter(state, Duration.ZERO, null), 3);
            assertThat(emissions).hasSize(3);
            assertThat(session.ended(emissions.get(0), null)).isTrue();
            assertThat(session.ended(emissions.get(1), Duration.ofHours(1))).isTrue();
            assertThat(session.emit(new Emission.Filter(state, Duration.ofSeconds(1), "group"), 3))
                    .isEmpty();
        }
    }

    /** A node has died with a run that was sent and one that was only claimed. */
    private void recover() {
        assertThat(session.recover()).as("before anybody died").isEmpty();
        LedgerSession dead = ledger.open();
        String unknown = sent(dead).claim().runId();
        claimed(dead);
        dead.close();
        assertThat(session.recover()).extracting(Run::runId).containsExactly(unknown);
    }

    private void byHand() {
        Attempt unknown = sent(session);
        session.unknown(unknown, SILENCE);
        String id = unknown.claim().runId();
        assertThat(session.adopt(id, "https://v.example/2.mp4")).isTrue();
        assertThat(session.forget(id)).isTrue();
        for (int turn = 0; turn < 2; turn++) {
            assertThat(session.prune(Duration.ofDays(30), 500)).isEqualTo(500);
        }
    }

    private void read() {
        assertThat(session.find(prefix + 1)).isPresent();
        assertThat(session.runs(null, FEW, 0)).hasSize(FEW);
        for (RunState state : List.of(RunState.COMPLETED, RunState.UNKNOWN)) {
            assertThat(session.runs(state, FEW, 0)).hasSize(FEW);
        }
        Instant recently = Instant.now().minus(Duration.ofDays(2));
        assertThat(session.list(new Run.Filter(null, OldRuns.ACCOUNT, "mp4", recently), FEW, 0))
                .hasSize(FEW);
        assertThat(session.list(new Run.Filter(RunState.COMPLETED, OldRuns.ACCOUNT, null, null), FEW, 0))
                .hasSize(FEW);
        assertThat(session.count(Run.Filter.of(RunState.UNKNOWN))).isPositive();
        assertThat(session.count(new Run.Filter(null, null, null, recently))).isPositive();
    }
}
