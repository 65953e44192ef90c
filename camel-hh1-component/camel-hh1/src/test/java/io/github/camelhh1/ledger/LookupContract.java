package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.Run.LateResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of every ledger for attempts that are looked up. Row 47. */
public abstract class LookupContract extends HandingOnContract {
    private static final LookupPlace HERE = LookupPlace.of("account", "default");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Ending REFUSAL = new Ending("refused", new CallIds(402, "2021", "log-3", "ray-3"), null);

    /** The answer's head came, and named its record. */
    private static final Ending CUT = new Ending("cut", new CallIds(200, null, "log-of-call", "ray-4"), null);

    private Attempt sentAs(LedgerSession session, String id, String name) {
        return session.sent(claimed(session, id), null, name).orElseThrow();
    }

    private void loseAnswer(String id, String name) {
        Attempt attempt = sentAs(one, id, name);
        letTheClockTick();
        one.unknown(attempt, SILENCE);
        letTheClockTick();
    }

    /** Ledgers tell milliseconds. */
    private static void letTheClockTick() {
        Instant now = Instant.now();
        org.awaitility.Awaitility.await()
                .pollDelay(Duration.ofMillis(2))
                .until(() -> Instant.now().toEpochMilli() > now.toEpochMilli() + 1);
    }

    private List<String> ids(LookupPlace place) {
        return two.lookUp(place, DAY, 9, age -> Duration.ZERO).stream()
                .map(Run::runId)
                .toList();
    }

    @Nested
    class AnUnknownRunWithAName {
        private Claim claim;
        private Attempt attempt;

        @BeforeEach
        void loseItsAnswer() {
            claim = claimed(one, "a");
            assertThat(one.reserve(claim, FIVE, NO_CAPS)).isEqualTo(new Reserving.Reserved(today));
            attempt = one.sent(claim, null, "name-1").orElseThrow();
            one.unknown(attempt, SILENCE);
        }

        private List<Run> lookedUp(LedgerSession session, Duration pause) {
            return session.lookUp(HERE, DAY, 9, age -> pause);
        }

        private Run lookedUp() {
            List<Run> runs = lookedUp(two, Duration.ZERO);
            assertThat(runs).hasSize(1);
            return runs.get(0);
        }

        @Test
        void isLookedUpByOneSessionAtATime() {
            assertThat(lookedUp(two, HOUR)).extracting(Run::lookupId).containsExactly("name-1");
            assertThat(lookedUp(one, HOUR)).isEmpty();
            assertThat(lookedUp(two, HOUR)).isEmpty();
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
        }

        @Test
        void isLookedUpAgainWhenItsPauseIsOver() {
            assertThat(lookedUp(two, Duration.ZERO)).hasSize(1);
            assertThat(lookedUp(one, Duration.ZERO)).hasSize(1);
        }

        @Test
        void isNotLookedUpByOtherAccountsNorWhenItIsOld() {
            assertThat(two.lookUp(LookupPlace.of("other", "default"), DAY, 9, age -> HOUR))
                    .isEmpty();
            assertThat(two.lookUp(HERE, Duration.ZERO, 9, age -> HOUR)).isEmpty();
        }

        @Test
        void isLookedUpForADeadOwner() {
            Claim other = claimed(one, "b");
            one.sent(other, null, "name-2").orElseThrow();
            one.close();
            two.recover();

            refused(two.claim(run("b"), 2), Claiming.Reason.IN_FLIGHT);
            assertThat(lookedUp(two, HOUR)).extracting(Run::lookupId).contains("name-2");
            refused(two.claim(run("b"), 2), Claiming.Reason.IN_FLIGHT);
        }

        @Test
        void isNotSentAgainBeforeItsRecordMayHaveCome() {
            refused(two.claim(run("a"), 2), Claiming.Reason.IN_FLIGHT);
            lookedUp();
            refused(two.claim(run("a"), 2), Claiming.Reason.IN_FLIGHT);
        }

        @Test
        void isNotLookedUpWhereItHasALink() {
            one.unknown(attempt, SILENCE.link("ftp://v.example/1.mp4"));
            assertThat(lookedUp(two, HOUR)).isEmpty();
        }

        @Test
        void keepsTheVideoThatIsFoundOnceItWasFreed() {
            Run seen = lookedUp();
            assertThat(one.forget("a")).isTrue();
            assertThat(two.found(seen, ANSWER, false)).isFalse();
            assertThat(found("a").late()).extracting(LateResult::videoUrl).containsExactly(ANSWER.videoUrl());
        }

        @Test
        void takesTheVideoThatIsFoundThoughADeliveryAskedForItMeanwhile() {
            Run seen = lookedUp();
            refused(one.claim(run("a"), 1), Claiming.Reason.HELD);
            assertThat(two.found(seen, ANSWER, false)).isTrue();
            assertThat(found("a").late()).isEmpty();
        }

        @Test
        void hasAVideoThatARouteGets() {
            assertThat(two.found(lookedUp(), ANSWER, false)).isTrue();

            assertThat(found("a").completion()).isEqualTo(ANSWER);
            assertThat(two.spent("account", today)).isEqualTo(FIVE);
            assertThat(two.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 9))
                    .hasSize(1);
        }

        @Test
        void hasAVideoThatAnExchangeHasGot() {
            assertThat(two.found(lookedUp(), ANSWER, true)).isTrue();

            assertThat(two.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 9))
                    .isEmpty();
        }

        @Test
        void givesItsReservationBackWhenItWasRefused() {
            assertThat(two.found(lookedUp(), RunState.REJECTED, REFUSAL)).isTrue();

            assertThat(two.spent("account", today)).isEqualTo(Amount.NONE);
            assertThat(found("a").paidAttempts()).isZero();
            claimed(two, run("a"), HOLD);
        }

        @Test
        void isNotSettledOnceItHasChanged() {
            Run seen = lookedUp();
            assertThat(two.forget("a")).isTrue();
            assertThat(two.found(seen, ANSWER, false)).isFalse();
            assertThat(two.found(seen, RunState.REJECTED, REFUSAL)).isFalse();

            Claim again = claimed(two, run("a"), HOLD);
            Attempt second = two.sent(again, null, "name-2").orElseThrow();
            two.unknown(second, SILENCE);
            assertThat(two.found(seen, ANSWER, false)).isFalse();
            assertThat(found("a").lookupId()).isEqualTo("name-2");
            assertThat(two.spent("account", today)).isEqualTo(FIVE);
        }

        @Test
        void hasNotTheNameOfAnAttemptThatDidNotStart() {
            one.unknown(sent(one, claimed(one, "b")), SILENCE);
            Claim again = claimed(two, run("b"), 2);
            Attempt second = two.sent(again, null, "name-2").orElseThrow();
            assertThat(two.unsent(second)).isTrue();
            assertThat(two.release(again)).isTrue();

            assertThat(state("b")).isEqualTo(RunState.UNKNOWN);
            assertThat(found("b").lookupId()).isNull();
            assertThat(lookedUp(two, Duration.ZERO)).extracting(Run::runId).containsExactly("a");
        }

        @Test
        void remembersThatItsVideoWasRecovered() {
            Completion recovered = ANSWER.recovered("ray-1");
            assertThat(two.found(lookedUp(), recovered, true)).isTrue();

            assertThat(refused(one.claim(run("a"), HOLD), Claiming.Reason.COMPLETED)
                            .completion())
                    .isEqualTo(recovered);
            two.adopt("a", "https://v.example/found.mp4");
            assertThat(found("a").completion()).isEqualTo(recovered.at("https://v.example/found.mp4"));
            two.forget("a");
            one.unknown(sent(one, claimed(one, "a")), SILENCE);
            two.adopt("a", "https://v.example/found.mp4");
            assertThat(found("a").completion().recovered()).isFalse();
        }

        @Test
        void comesInTheOrderInWhichItsLookIsDueSoThatYoungRunsDoNotStarve() {
            loseAnswer("c", "name-3");
            loseAnswer("b", "name-2");
            Function<Duration, Duration> now = age -> Duration.ZERO;
            assertThat(two.lookUp(HERE, DAY, 1, now)).extracting(Run::runId).containsExactly("a");
            letTheClockTick();
            assertThat(two.lookUp(HERE, DAY, 1, now)).extracting(Run::runId).containsExactly("c");
            letTheClockTick();
            assertThat(two.lookUp(HERE, DAY, 1, now)).extracting(Run::runId).containsExactly("b");
            letTheClockTick();
            assertThat(two.lookUp(HERE, DAY, 9, now)).extracting(Run::runId).containsExactly("a", "c", "b");
        }
    }

    @Nested
    class ARunThatIsBeingLookedUp {
        private LedgerSession dying;
        private Attempt attempt;

        @BeforeEach
        void loseItsAnswer() {
            dying = session();
            attempt = sentAs(dying, "a", HERE.name(UUID.randomUUID()));
            assertThat(dying.noted(attempt, CUT)).isTrue();
        }

        @Test
        void isSentAndShowsWhatIsKnown() {
            assertThat(state("a")).isEqualTo(RunState.SENT);
            assertThat(found("a").ending()).isEqualTo(CUT);
            assertThat(found("a").settledAt()).isNull();
            assertThat(ids(HERE)).isEmpty();
            refused(two.claim(run("a"), 2), Claiming.Reason.IN_FLIGHT);
        }

        @Test
        void isLookedUpByTheIdsOfItsAnswerWhenItsOwnerWasKilled() {
            dying.close();
            two.recover();

            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(two.lookUp(HERE, DAY, 9, age -> HOUR)).singleElement().satisfies(run -> assertThat(run.ending())
                    .isEqualTo(CUT));
        }

        @Test
        void endsAsItsOwnerSays() {
            assertThat(dying.unknown(attempt, SILENCE)).isEqualTo(Settled.DONE);
            assertThat(found("a").ending()).isEqualTo(SILENCE);
            assertThat(dying.noted(attempt, CUT)).as("late").isFalse();
            assertThat(dying.complete(attempt, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(dying.noted(attempt, CUT)).as("later").isFalse();
            assertThat(found("a").completion()).isEqualTo(ANSWER);
        }

        @Test
        void mayBeRejected() {
            assertThat(dying.reject(attempt, REFUSAL)).isEqualTo(Settled.DONE);
            assertThat(state("a")).isEqualTo(RunState.REJECTED);
        }

        @Test
        void isNotedTwiceAsOnce() {
            assertThat(dying.noted(attempt, CUT)).isTrue();
            assertThat(dying.noted(new Attempt(attempt.claim(), attempt.number() + 1), SILENCE))
                    .isFalse();
            assertThat(found("a").ending()).isEqualTo(CUT);
        }
    }

    @Nested
    class ALaterAttemptThatIsRefusedWhileItIsLookedUp {
        /** Nobody can fetch the link as it is, and it may be paid: nothing must take its place. */
        @Test
        void doesNotExistWhereTheUnknownOneHasALink() {
            one.unknown(sent(one, "a"), SILENCE.link("ftp://v.example/1.mp4"));

            refused(one.claim(run("a"), 2), Claiming.Reason.HELD);
        }

        @Test
        void doesNotPassItsIdsOffAsThoseOfTheUnknownOne() {
            one.unknown(sent(one, "a"), SILENCE);
            Attempt second = one.sent(claimed(one, run("a"), 2), null, HERE.name(UUID.randomUUID()))
                    .orElseThrow();
            one.noted(second, CUT);

            assertThat(one.reject(second, REFUSAL)).isEqualTo(Settled.DONE);

            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(found("a").paidAttempts()).isEqualTo(1);
            assertThat(found("a").causes()).contains("attempt 1: silence");
            assertThat(found("a").ids()).isEqualTo(CallIds.NONE);
            assertThat(found("a").reason()).contains("an earlier one may be");
        }
    }

    @Nested
    class AnotherGatewayOfTheAccount {
        private final LookupPlace there = LookupPlace.of("account", "other");

        @Test
        void looksNothingUpThatWasSentHere() {
            one.unknown(sentAs(one, "a", HERE.name(UUID.randomUUID())), SILENCE);
            one.unknown(sentAs(one, "b", there.name(UUID.randomUUID())), SILENCE);

            assertThat(ids(there)).containsExactly("b");
            assertThat(ids(HERE)).containsExactly("a");
        }

        @Test
        void looksUpWhatWasSentBeforeNamesToldTheGateway() {
            one.unknown(sentAs(one, "a", "0b5a1c9e-7f11-4d2a-9c3e-5a2f0b8f7d10"), SILENCE);

            assertThat(ids(there)).containsExactly("a");
            assertThat(ids(HERE)).containsExactly("a");
        }

        @Test
        void hasUuidsForNames() {
            assertThat(HERE.name(UUID.randomUUID()))
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
            assertThat(HERE.name(UUID.randomUUID())).isNotEqualTo(HERE.name(UUID.randomUUID()));
            assertThat(HERE.name(UUID.randomUUID())).endsWith(HERE.end());
            assertThat(there.end()).isNotEqualTo(HERE.end());
        }
    }
}
