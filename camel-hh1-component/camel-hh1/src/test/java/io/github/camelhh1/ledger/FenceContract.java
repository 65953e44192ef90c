package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.Run.LateResult;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every ledger for attempts: each changes its own run only, and no paid video is lost. */
public abstract class FenceContract extends LookupContract {
    private static final Ending FAILURE = new Ending("state: Failed", new CallIds(200, "2017", "log-3", "ray-3"), null);

    /** No answer said that the task has ended. */
    private static final Ending GIVEN_UP = Ending.of("it had not ended");

    private Amount spent() {
        return two.spent("account", today);
    }

    private Attempt reserved(String id) {
        Claim claim = claimed(one, id);
        assertThat(one.reserve(claim, FIVE, NO_CAPS)).isEqualTo(new Reserving.Reserved(today));
        return sent(one, claim);
    }

    @Nested
    class AFailedRun {
        private Attempt attempt;

        @BeforeEach
        void fail() {
            attempt = reserved("a");
            assertThat(one.failed(attempt, FAILURE)).isEqualTo(Settled.DONE);
        }

        @Test
        void answersAgainWithItsEndingHoweverMuchMayBePaid() {
            assertThat(LedgerContract.refused(two.claim(run("a"), 100), Claiming.Reason.FAILED)
                            .ending())
                    .isEqualTo(FAILURE);
            Run run = found("a");
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.paidAttempts()).isEqualTo(1);
            assertThat(run.settledAt()).isNotNull();
            assertThat(run.completion()).isNull();
        }

        @Test
        void keepsItsKeyFromOthers() {
            LedgerContract.refused(two.claim(run("a", "another"), 100), Claiming.Reason.KEY_REUSED);
        }

        @Test
        void maySaySoTwice() {
            assertThat(one.failed(attempt, FAILURE)).isEqualTo(Settled.DONE);
            assertThat(found("a").paidAttempts()).isEqualTo(1);
            assertThat(found("a").late()).isEmpty();
        }

        @Test
        void isNotAdopted() {
            assertThat(two.adopt("a", "https://v.example/found.mp4")).isFalse();
            assertThat(state("a")).isEqualTo(RunState.FAILED);
        }

        @Test
        void isFreeForAnotherRequestOnceItIsForgottenAndStaysCounted() {
            assertThat(two.forget("a")).isTrue();
            assertThat(state("a")).isEqualTo(RunState.FORGOTTEN);
            assertThat(spent()).isEqualTo(FIVE);
            claimed(two, run("a", "another"), HOLD);
            assertThat(found("a").paidAttempts()).isZero();
        }

        @Test
        void isFoundFailedAlsoAfterItWasUnknown() {
            Attempt other = reserved("b");
            one.unknown(other, SILENCE);
            assertThat(one.failed(other, FAILURE)).isEqualTo(Settled.DONE);
            assertThat(found("b").ending()).isEqualTo(FAILURE);
            assertThat(spent()).isEqualTo(FIVE.plus(FIVE));
        }
    }

    @Nested
    class AnOldAttempt {
        private Attempt first;
        private Attempt second;

        @BeforeEach
        void isFollowedByAnother() {
            first = reserved("a");
            one.unsent(first);
            second = sent(one, first.claim());
            assertThat(second.number()).isEqualTo(2);
        }

        @Test
        void takesNothingBackThatALaterOneSent() {
            assertThat(one.unsent(first)).as("superseded").isTrue();
            isSent();
        }

        @Test
        void holdsNoRunThatALaterOneSent() {
            assertThat(one.unknown(first, SILENCE)).isEqualTo(Settled.LATE);
            assertThat(one.failed(first, FAILURE)).isEqualTo(Settled.LATE);
            isSent();
        }

        @Test
        void completesNoRunThatALaterOneSent() {
            assertThat(one.complete(first, ANSWER)).isEqualTo(Settled.LATE);
            isSent();
        }

        @Test
        void givesNoReservationBackThatIsALaterOnes() {
            one.reject(first, SILENCE);
            isSent();
        }

        /** And the later one ends as if nothing had come. */
        private void isSent() {
            Run run = found("a");
            assertThat(run.state()).isEqualTo(RunState.SENT);
            assertThat(run.attempt()).isEqualTo(2);
            assertThat(run.paidAttempts()).isEqualTo(1);
            assertThat(spent()).isEqualTo(FIVE);
            assertThat(one.complete(second, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(found("a").completion()).isEqualTo(ANSWER);
            assertThat(spent()).isEqualTo(FIVE);
        }

        @Test
        void changesNothingOfALaterClaimThoughItsNumberWasUsedBefore() {
            one.release(second.claim());
            Attempt anew = sent(two, "a");
            assertThat(anew.number()).isEqualTo(1);
            assertThat(one.unsent(first)).isFalse();
            assertThat(one.release(first.claim())).isFalse();
            assertThat(one.reject(first, SILENCE)).isEqualTo(Settled.LATE);
            assertThat(one.unknown(second, SILENCE)).isEqualTo(Settled.LATE);
            assertThat(state("a")).isEqualTo(RunState.SENT);
            assertThat(found("a").owner()).isEqualTo(two.owner());
        }
    }

    @Nested
    class ALateSettlement {
        private Attempt attempt;

        @BeforeEach
        void losesItsRun() {
            attempt = sent(one, "a");
            one.unknown(attempt, SILENCE);
            claimed(two, run("a"), 2);
        }

        @Test
        void keepsTheWholeLinkThatMayHaveBeenPaidFor() {
            assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.LATE);
            assertThat(state("a")).isEqualTo(RunState.CLAIMED);
            assertThat(found("a").late()).singleElement().satisfies(late -> {
                assertThat(late.state()).isEqualTo(RunState.COMPLETED);
                assertThat(late.attempt()).isEqualTo(1);
                assertThat(late.videoUrl()).isEqualTo(ANSWER.videoUrl());
                assertThat(late.ending()).isNull();
                assertThat(late.at()).isNotNull();
            });
            assertThat(one.runs(null, 10, 0)).singleElement().satisfies(run -> assertThat(run.late())
                    .hasSize(1));
        }

        @Test
        void keepsWhatIsKnownOfAnEndingWithoutAVideo() {
            assertThat(one.failed(attempt, FAILURE)).isEqualTo(Settled.LATE);
            assertThat(found("a").late()).singleElement().satisfies(late -> {
                assertThat(late.state()).isEqualTo(RunState.FAILED);
                assertThat(late.videoUrl()).isNull();
                assertThat(late.ending()).isEqualTo(FAILURE);
            });
        }

        @Test
        void isKeptOnceHoweverOftenItIsSaid() {
            for (int i = 0; i < 3; i++) {
                assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.LATE);
            }
            assertThat(found("a").late()).hasSize(1);
        }

        @Test
        void isKeptWhereAnOperatorHasForgottenTheRun() {
            two.release(new Claim("a", two.owner(), found("a").claim()));
            two.forget("a");
            assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.LATE);
            assertThat(state("a")).isEqualTo(RunState.FORGOTTEN);
            assertThat(found("a").late()).extracting(LateResult::videoUrl).containsExactly(ANSWER.videoUrl());
        }
    }

    @Nested
    class AnAttemptThatTheRunSaysNeverLeft {
        private Attempt attempt;

        @BeforeEach
        void isTakenBack() {
            attempt = reserved("a");
            one.unsent(attempt);
        }

        @Test
        void completesAllTheSame() {
            assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.REPAIRED);
            assertThat(found("a").completion()).isEqualTo(ANSWER);
            isCounted();
        }

        @Test
        void isHeldAllTheSame() {
            assertThat(one.unknown(attempt, SILENCE)).isEqualTo(Settled.REPAIRED);
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            isCounted();
        }

        @Test
        void hasFailedAllTheSame() {
            assertThat(one.failed(attempt, FAILURE)).isEqualTo(Settled.REPAIRED);
            assertThat(state("a")).isEqualTo(RunState.FAILED);
            isCounted();
        }

        private void isCounted() {
            assertThat(found("a").paidAttempts()).isEqualTo(1);
            assertThat(spent()).isEqualTo(FIVE);
        }
    }

    @Nested
    class ATask {
        private Attempt attempt;

        @BeforeEach
        void isMade() {
            attempt = reserved("a");
            assertThat(one.task(attempt, "task-1")).isTrue();
        }

        private void isNamed(String taskId) {
            assertThat(found("a").taskId()).isEqualTo(taskId);
        }

        @Test
        void isFoundByEveryOwner() {
            isNamed("task-1");
            assertThat(state("a")).isEqualTo(RunState.SENT);
        }

        @Test
        void stillHasItsNameWhenTheRunHasEnded() {
            one.unknown(attempt, GIVEN_UP);
            isNamed("task-1");
            one.complete(attempt, ANSWER);
            isNamed("task-1");
        }

        /** Its name may come after somebody has read that it has none. */
        @Test
        void isNotForgottenWhileItMayGoOn() {
            one.unknown(attempt, GIVEN_UP);

            assertThat(two.forget("a", RunState.UNKNOWN)).isFalse();
            assertThat(two.forget("a")).isFalse();
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
        }

        @Test
        void mayBeNamedTwice() {
            assertThat(one.task(attempt, "task-1")).isTrue();
            isNamed("task-1");
        }

        @Test
        void isNamedAlsoWhenItsRunWasTakenForUnknown() {
            Attempt other = reserved("b");
            one.unknown(other, GIVEN_UP);
            assertThat(one.task(other, "task-2")).isTrue();
            assertThat(found("b").taskId()).isEqualTo("task-2");
        }

        @Test
        void needsNoNameOnceItsRunIsSettled() {
            Attempt other = reserved("b");
            one.complete(other, ANSWER);
            assertThat(one.task(other, "task-2")).isTrue();
            assertThat(found("b").taskId()).isNull();
        }

        @Test
        void isNotNamedByALaterAttempt() {
            one.unsent(attempt);
            isNamed("task-1");
            sent(one, attempt.claim());
            isNamed(null);
            assertThat(one.task(attempt, "task-1")).as("superseded").isTrue();
            isNamed(null);
        }

        @Test
        void isNeverSentAgain() {
            one.unknown(attempt, GIVEN_UP);
            LedgerContract.refused(two.claim(run("a"), 100), Claiming.Reason.IN_FLIGHT);
        }

        private Attempt resumed() {
            one.unknown(attempt, GIVEN_UP);
            return two.resume("a", "task-1").orElseThrow();
        }

        @Test
        void isResumedByAnotherOwnerAsTheSameAttemptWithTheSameReservation() {
            Attempt taken = resumed();
            assertThat(taken.number()).isEqualTo(attempt.number());
            Run run = found("a");
            assertThat(run.state()).isEqualTo(RunState.SENT);
            assertThat(run.taskId()).isEqualTo("task-1");
            assertThat(run.paidAttempts()).isEqualTo(1);
            assertThat(Claim.sessionOf(run.owner())).isEqualTo(two.owner());
            assertThat(spent()).isEqualTo(FIVE);
            LedgerContract.refused(one.claim(run("a"), 100), Claiming.Reason.IN_FLIGHT);
        }

        @Test
        void isResumedOnce() {
            resumed();
            assertThat(one.resume("a", "task-1")).isEmpty();
            assertThat(two.resume("a", "task-1")).isEmpty();
        }

        @Test
        void isNotResumedInThePlaceOfALaterOne() {
            one.unknown(attempt, GIVEN_UP);
            assertThat(two.resume("a", "task-0")).isEmpty();
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
        }

        @Test
        void isListedWhileNobodyAsksForIt() {
            assertThat(two.toResume("account", 9)).isEmpty();
            one.unknown(attempt, GIVEN_UP);
            assertThat(two.toResume("account", 9)).extracting(Run::runId).containsExactly("a");
            assertThat(two.toResume("account", 0)).isEmpty();
            assertThat(two.toResume("another account", 9)).isEmpty();
            two.resume("a", "task-1");
            assertThat(two.toResume("account", 9)).isEmpty();
        }

        /** Tasks that are asked for in vain, again and again, must not hold others back. */
        @Test
        void isListedBehindOneThatNobodyHasAskedForSince() {
            one.unknown(attempt, GIVEN_UP);
            Attempt later = reserved("b");
            one.task(later, "task-2");
            one.unknown(later, GIVEN_UP);
            // As often as the ledger's clock needs to go on.
            for (int turn = 0; turn < 1_000 && !first().equals("b"); turn++) {
                two.unknown(two.resume("a", "task-1").orElseThrow(), GIVEN_UP);
            }
            assertThat(first()).isEqualTo("b");
        }

        private String first() {
            return two.toResume("account", 1).get(0).runId();
        }

        @Test
        void isNotResumedWithoutAName() {
            Attempt other = reserved("b");
            one.unknown(other, GIVEN_UP);
            assertThat(two.toResume("account", 9)).isEmpty();
            assertThat(two.resume("b", "task-1")).isEmpty();
            assertThat(two.resume("no such run", "task-1")).isEmpty();
        }

        @Test
        void isNotResumedWhereItIsWorkedOnOrHasEnded() {
            assertThat(two.resume("a", "task-1")).isEmpty();
            one.complete(attempt, ANSWER);
            assertThat(two.resume("a", "task-1")).isEmpty();
            assertThat(state("a")).isEqualTo(RunState.COMPLETED);
        }

        @Test
        void isCompletedByTheNodeThatResumedItAndIsToBeHandedOn() {
            Attempt taken = resumed();
            assertThat(two.complete(taken, ANSWER, false)).isEqualTo(Settled.DONE);
            assertThat(found("a").completion()).isEqualTo(ANSWER);
            assertThat(spent()).isEqualTo(FIVE);
            assertThat(one.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 9))
                    .hasSize(1);
        }

        @Test
        void isHandedOnByADeliveryThatHasJoined() {
            Attempt taken = resumed();
            two.complete(taken, ANSWER, false);
            assertThat(two.complete(taken, ANSWER, true)).isEqualTo(Settled.DONE);
            assertThat(one.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 9))
                    .isEmpty();
        }

        @Test
        void givesItsReservationBackWhenItFailsOnceResumed() {
            assertThat(two.reject(resumed(), FAILURE)).isEqualTo(Settled.DONE);
            assertThat(state("a")).isEqualTo(RunState.REJECTED);
            assertThat(spent()).isEqualTo(Amount.NONE);
        }

        @Test
        void isUnknownAgainAndResumedAgain() {
            assertThat(two.unknown(resumed(), GIVEN_UP)).isEqualTo(Settled.DONE);
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(one.resume("a", "task-1")).isPresent();
            assertThat(found("a").paidAttempts()).isEqualTo(1);
        }

        @Test
        void keepsTheLateResultOfItsFirstOwner() {
            resumed();
            assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.LATE);
            Run run = found("a");
            assertThat(run.state()).isEqualTo(RunState.SENT);
            assertThat(run.late()).extracting(LateResult::videoUrl).containsExactly(ANSWER.videoUrl());
        }

        @Test
        void staysPaidWhereItsOwnerRecovers() {
            Attempt taken = resumed();
            two.recover();
            assertThat(state("a")).isEqualTo(RunState.SENT);
            assertThat(two.complete(taken, ANSWER, false)).isEqualTo(Settled.DONE);
        }

        /** The task has ended, and its link may be paid. */
        @Test
        void isNotResumedOnceAnAnswerGaveALink() {
            String link = "https://v.example/odd link.mp4?Signature=s";
            one.unknown(attempt, GIVEN_UP.link(link));
            assertThat(two.toResume("account", 9)).isEmpty();
            assertThat(two.resume("a", "task-1")).isEmpty();
            assertThat(found("a").ending().link()).isEqualTo(link);
            LedgerContract.refused(two.claim(run("a"), 100), Claiming.Reason.HELD);
        }

        @Test
        void isNotResumedOnceAnAnswerSaidThatItHasEnded() {
            one.unknown(attempt, SILENCE);
            assertThat(two.toResume("account", 9)).isEmpty();
            assertThat(two.resume("a", "task-1")).isEmpty();
            LedgerContract.refused(two.claim(run("a"), 100), Claiming.Reason.HELD);
        }

        @Test
        void isToldOfAsHeldOnceThoughItIsResumedWhileARouteIsTold() {
            var held = new Emission.Filter(RunState.UNKNOWN, Duration.ZERO, null);
            one.unknown(attempt, GIVEN_UP);
            Emission told = one.emit(held, 9).get(0);
            Attempt taken = two.resume("a", "task-1").orElseThrow();
            one.ended(told, null);
            two.unknown(taken, GIVEN_UP);
            one.recover();
            assertThat(one.emit(held, 9)).as("once per attempt").isEmpty();
        }

        @Test
        void isLostToARunOfAnotherClaim() {
            Attempt other = reserved("b");
            one.unknown(other, GIVEN_UP);
            claimed(two, run("b"), 2);
            assertThat(one.task(other, "task-9")).isFalse();
            assertThat(found("b").taskId()).isNull();
        }

        @Test
        void isNotTheNameOfTheEarlierAttemptWhenALaterOneIsRefused() {
            Attempt other = reserved("b");
            one.unknown(other, GIVEN_UP);
            Attempt later = sent(two, claimed(two, run("b"), 2));
            two.task(later, "task-2");
            two.reject(later, GIVEN_UP);
            assertThat(state("b")).isEqualTo(RunState.UNKNOWN);
            assertThat(found("b").taskId()).isNull();
        }
    }

    @Nested
    class AnAbandonedClaim {
        @ParameterizedTest
        @EnumSource(names = {"CLAIMED", "SENT", "COMPLETED"})
        void isAsMuchAsIsKnownOfIt(RunState state) {
            Claim claim = claimed(one, "a");
            if (state != RunState.CLAIMED) {
                Attempt attempt = sent(one, claim);
                if (state == RunState.COMPLETED) {
                    one.complete(attempt, ANSWER);
                }
            }
            one.abandon(claim, SILENCE);
            assertThat(one.find("a").map(Run::state).orElse(null))
                    .isEqualTo(
                            switch (state) {
                                case CLAIMED -> null;
                                case SENT -> RunState.UNKNOWN;
                                default -> RunState.COMPLETED;
                            });
        }
    }
}
