package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming.Reason;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every ledger for endings that no exchange waited for (row 48), and for old runs. */
public abstract class HandingOnContract extends ListContract {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Emission.Filter RECOVERED = filter(RunState.COMPLETED, Duration.ZERO);
    private static final Emission.Filter HELD = filter(RunState.UNKNOWN, Duration.ZERO);

    private static Emission.Filter filter(RunState state, Duration after) {
        return new Emission.Filter(state, after, null);
    }

    private static List<String> ids(List<Emission> emissions) {
        return emissions.stream().map(emission -> emission.run().runId()).toList();
    }

    private Attempt completed(String id) {
        Attempt attempt = sent(one, id);
        assertThat(one.complete(attempt, ANSWER, false)).isEqualTo(Settled.DONE);
        return attempt;
    }

    private Attempt unknown(String id) {
        Attempt attempt = sent(one, id);
        one.unknown(attempt, SILENCE);
        return attempt;
    }

    private Emission emitted(LedgerSession session, Emission.Filter filter) {
        List<Emission> emissions = session.emit(filter, 9);
        assertThat(emissions).hasSize(1);
        return emissions.get(0);
    }

    @Nested
    class AVideoThatNobodyWaitedFor {
        @BeforeEach
        void complete() {
            completed("a");
        }

        @Test
        void isEmittedToOneSessionAtATime() {
            Emission emission = emitted(two, RECOVERED);
            assertThat(emission.run().completion()).isEqualTo(ANSWER);
            assertThat(emission.run().asked()).isEqualTo(run("a"));
            assertThat(one.emit(RECOVERED, 9)).isEmpty();
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
            assertThat(one.emit(HELD, 9)).isEmpty();
        }

        @Test
        void isEmittedOnce() {
            assertThat(two.ended(emitted(two, RECOVERED), null)).isTrue();
            assertThat(one.emit(RECOVERED, 9)).isEmpty();
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
            assertThat(refused(two.claim(run("a"), HOLD), Reason.COMPLETED).completion())
                    .isEqualTo(ANSWER);
        }

        @Test
        void isEmittedAgainWhenItsRouteFailed() {
            assertThat(two.ended(emitted(two, RECOVERED), Duration.ZERO)).isTrue();
            emitted(one, RECOVERED);
        }

        /** Links that have expired make a route fail for ever; a link that came later would expire meanwhile. */
        @Test
        void holdsNoLaterVideoBackWhenItsRouteFailsAgainAndAgain() {
            completed("b");
            completed("c");
            var emitted = new HashSet<String>();
            // As often as the ledger's clock needs to go on.
            for (int turn = 0; turn < 1_000 && emitted.size() < 3; turn++) {
                Emission emission = one.emit(RECOVERED, 1).get(0);
                emitted.add(emission.run().runId());
                one.ended(emission, Duration.ZERO);
            }
            assertThat(emitted).containsExactlyInAnyOrder("a", "b", "c");
        }

        @Test
        void isNotEmittedAgainBeforeItsPauseIsOverAndADeliveryMayGetIt() {
            assertThat(two.ended(emitted(two, RECOVERED), HOUR)).isTrue();
            assertThat(one.emit(RECOVERED, 9)).isEmpty();
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
            refused(one.claim(run("a"), HOLD), Reason.COMPLETED);
        }

        @Test
        void isNotEmittedAfterADeliveryGotIt() {
            refused(two.claim(run("a"), HOLD), Reason.COMPLETED);
            assertThat(one.emit(RECOVERED, 9)).isEmpty();
        }

        @Test
        void isInFlightForDeliveriesWhileItIsEmitted() {
            Emission emission = emitted(two, RECOVERED);
            refused(one.claim(run("a"), HOLD), Reason.IN_FLIGHT);
            refused(two.claim(run("a"), HOLD), Reason.IN_FLIGHT);
            assertThat(two.ended(emission, Duration.ZERO))
                    .as("though versions rose")
                    .isTrue();
            assertThat(one.emit(filter(RunState.COMPLETED, HOUR), 9))
                    .as("asked for within the hour")
                    .isEmpty();
            refused(one.claim(run("a"), HOLD), Reason.COMPLETED);
        }

        @Test
        void isNotEmittedBeforeItsTime() {
            assertThat(one.emit(filter(RunState.COMPLETED, HOUR), 9)).isEmpty();
        }

        @Test
        void isEmittedByAnotherWhenItsOwnerDies() {
            LedgerSession dying = session();
            Emission emission = emitted(dying, RECOVERED);
            dying.close();
            two.recover();
            Emission next = emitted(two, RECOVERED);
            assertThat(two.ended(emission, Duration.ZERO)).as("of the dead").isFalse();
            assertThat(one.emit(RECOVERED, 9)).as("it is still emitted").isEmpty();
            assertThat(two.ended(next, null)).isTrue();
        }

        @Test
        void goesToADeliveryWhenTheOwnerOfItsEmissionIsDead() {
            LedgerSession dying = session();
            emitted(dying, RECOVERED);
            dying.close();
            two.recover();
            refused(two.claim(run("a"), HOLD), Reason.COMPLETED);
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
        }

        @Test
        void isNotFreedByARecoveryWhileItIsEmitted() {
            Emission emission = emitted(two, RECOVERED);
            two.recover();
            one.recover();
            assertThat(one.emit(RECOVERED, 9)).isEmpty();
            assertThat(two.ended(emission, null)).isTrue();
        }

        @Test
        void isHandedOnByItsOwnExchangeThatComesBackLate() {
            Attempt late =
                    new Attempt(new Claim("a", found("a").owner(), found("a").claim()), 1);
            assertThat(one.complete(late, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
            assertThat(found("a").late()).isEmpty();
            assertThat(found("a").paidAttempts()).isEqualTo(1);
        }

        @Test
        void isOnlyForConsumersOfItsGroup() {
            var grouped = new NewRun("b", "account", "model", "k", "f", "b.mp4", 5, null, "text", "mine");
            one.complete(sent(one, claimed(one, grouped, HOLD)), ANSWER, false);
            var mine = new Emission.Filter(RunState.COMPLETED, Duration.ZERO, "mine");
            assertThat(one.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, "other"), 9))
                    .isEmpty();
            assertThat(ids(one.emit(RECOVERED, 9))).containsExactly("a");
            assertThat(emitted(one, mine).run().asked()).isEqualTo(grouped);
        }

        @Test
        void isEmittedInTheOrderOfItsEndUpToTheLimit() {
            completed("b");
            completed("c");
            assertThat(one.emit(RECOVERED, 2)).hasSize(2);
            assertThat(one.emit(RECOVERED, 2)).hasSize(1);
        }

        @Test
        void isEmittedToOneOfManyWhoAskAtOnce() throws Exception {
            var emissions = new AtomicInteger();
            inParallel(
                    6, node -> emissions.addAndGet(session().emit(RECOVERED, 1).size()));
            assertThat(emissions).hasValue(1);
        }

        @Test
        void goesToADeliveryOrARouteAndNeverToBoth() throws Exception {
            for (int i = 0; i < 20; i++) {
                String id = "race-" + i;
                completed(id);
                var got = new AtomicInteger();
                inParallel(2, node -> {
                    boolean mine = node == 0
                            ? one.emit(RECOVERED, 9).stream()
                                    .anyMatch(emission -> emission.run().runId().equals(id))
                            : two.claim(run(id), HOLD)
                                    .equals(new LedgerSession.Claiming.NotClaimed(
                                            Reason.COMPLETED, two.find(id).orElseThrow()));
                    got.addAndGet(mine ? 1 : 0);
                });
                assertThat(got.get()).as(id).isLessThanOrEqualTo(1);
            }
        }
    }

    @Nested
    class AVideoThatAnExchangeGot {
        @Test
        void isNeverEmitted() {
            one.complete(sent(one, "a"), ANSWER);
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
        }

        @Test
        void isNeverEmittedAlsoWhenALookUpFindsItOnceMore() {
            Attempt attempt = sent(one, "a");
            one.complete(attempt, ANSWER);
            assertThat(one.complete(attempt, ANSWER, false)).isEqualTo(Settled.DONE);
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
        }

        @Test
        void isNeverEmittedWhenAnOperatorAdoptedIt() {
            unknown("a");
            two.adopt("a", "https://v.example/found.mp4");
            completed("b");
            two.adopt("b", "https://v.example/found.mp4");
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
        }
    }

    @Nested
    class ARunThatStaysUnknown {
        private Attempt attempt;

        @BeforeEach
        void unknown() {
            attempt = HandingOnContract.this.unknown("a");
        }

        @Test
        void isEmittedOnceForItsAttempt() {
            Emission emission = emitted(two, HELD);
            assertThat(emission.run().ending()).isEqualTo(SILENCE);
            assertThat(one.emit(HELD, 9)).isEmpty();
            assertThat(one.emit(RECOVERED, 9)).isEmpty();
            two.ended(emission, null);
            assertThat(one.emit(HELD, 9)).isEmpty();
            one.unknown(attempt, Ending.of("silence again"));
            assertThat(one.emit(HELD, 9)).as("of the same attempt").isEmpty();
        }

        @Test
        void isEmittedOnceMoreForAnotherAttempt() {
            two.ended(emitted(two, HELD), null);
            one.unknown(sent(one, claimed(one, run("a"), 2)), SILENCE);
            emitted(two, HELD);
        }

        @Test
        void isNotEmittedOnceMoreForAClaimThatWasGivenUp() {
            two.ended(emitted(two, HELD), null);
            one.release(claimed(one, run("a"), 2));
            assertThat(two.emit(HELD, 9)).isEmpty();
        }

        @Test
        void isEmittedAlsoWhileDeliveriesAskForIt() {
            refused(two.claim(run("a"), HOLD), Reason.HELD);
            emitted(two, HELD);
            refused(two.claim(run("a"), HOLD), Reason.HELD);
        }

        @Test
        void isNotEmittedBeforeItsTime() {
            assertThat(two.emit(filter(RunState.UNKNOWN, HOUR), 9)).isEmpty();
        }

        @Test
        void isRecoveredLaterThoughItWasEmittedAsHeld() {
            two.ended(emitted(two, HELD), null);
            one.complete(attempt, ANSWER, false);
            emitted(two, RECOVERED);
        }

        @Test
        void isRecoveredThoughItsEmissionAsHeldEndsLater() {
            Emission held = emitted(two, HELD);
            one.complete(attempt, ANSWER, false);
            assertThat(two.ended(held, null)).isFalse();
            Emission recovered = emitted(two, RECOVERED);
            assertThat(two.ended(held, null)).isFalse();
            assertThat(one.emit(RECOVERED, 9)).isEmpty();
            assertThat(two.ended(recovered, null)).isTrue();
        }

        @Test
        void isNotRecoveredToAConsumerWithinTheTimeAfterADeliveryAskedForIt() {
            refused(two.claim(run("a"), HOLD), Reason.HELD);
            one.complete(attempt, ANSWER, false);
            assertThat(two.emit(filter(RunState.COMPLETED, HOUR), 9)).isEmpty();
        }

        @Test
        void isEmittedWhenItsOwnerDied() {
            LedgerSession dying = session();
            sent(dying, "b");
            dying.close();
            two.recover();
            assertThat(ids(two.emit(HELD, 9))).contains("b");
        }
    }

    @Nested
    class AnAskedForRun {
        @Test
        void isStillWorkedOnByItsOwner() {
            Claim claim = claimed(one, "a");
            refused(two.claim(run("a"), HOLD), Reason.IN_FLIGHT);
            one.reserve(claim, FIVE, NO_CAPS);
            refused(two.claim(run("a"), HOLD), Reason.IN_FLIGHT);
            Attempt attempt = sent(one, claim);
            refused(two.claim(run("a"), HOLD), Reason.IN_FLIGHT);
            assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(two.spent("account", today)).isEqualTo(FIVE);
        }
    }

    @Nested
    class Pruning {
        @Test
        void shortensARunThatWasHandedOnAndKeepsItsKey() {
            one.complete(sent(one, "a"), ANSWER);
            assertThat(two.prune(HOUR, 9)).as("too young").isZero();
            assertThat(two.prune(Duration.ZERO, 9)).isEqualTo(1);
            assertThat(two.prune(Duration.ZERO, 9)).as("done already").isZero();
            Run run = found("a");
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(run.asked().key()).isEqualTo("key of a");
            assertThat(run.asked().videoFileName()).isEmpty();
            assertThat(run.asked().correlation()).isNull();
            assertThat(run.completion()).isNull();
            assertThat(run.reason()).contains("pruned");
            refused(two.claim(run("a"), 100), Reason.COMPLETED);
            refused(two.claim(run("a", "another"), 100), Reason.KEY_REUSED);
            assertThat(two.emit(RECOVERED, 9)).isEmpty();
        }

        @Test
        void neverTouchesOpenOrUnknownRunsNorVideosThatNobodyGot() {
            claimed(one, "claimed");
            sent(one, "sent");
            unknown("unknown");
            two.ended(emitted(two, HELD), null);
            completed("late");
            List<Run> before = one.runs(null, 9, 0);
            assertThat(two.prune(Duration.ZERO, 9)).isZero();
            assertThat(one.runs(null, 9, 0)).isEqualTo(before);
            emitted(two, RECOVERED);
        }

        @ParameterizedTest
        @EnumSource(
                value = RunState.class,
                names = {"REJECTED", "FAILED", "FORGOTTEN"})
        void shortensRunsWithoutAVideoInTheirState(RunState state) {
            Attempt attempt = sent(one, "a");
            if (state == RunState.REJECTED) {
                one.reject(attempt, SILENCE);
            } else {
                one.failed(attempt, SILENCE);
            }
            if (state == RunState.FORGOTTEN) {
                two.forget("a");
            }
            assertThat(two.prune(Duration.ZERO, 9)).isEqualTo(1);
            assertThat(state("a")).isEqualTo(state);
            assertThat(found("a").ending()).isEqualTo(Ending.of(found("a").reason()));
            if (state == RunState.FAILED) {
                refused(two.claim(run("a"), HOLD), Reason.FAILED);
            } else {
                Attempt next = sent(two, claimed(two, run("a", "another"), HOLD));
                assertThat(next.number()).isEqualTo(2);
                assertThat(two.complete(next, ANSWER)).isEqualTo(Settled.DONE);
                assertThat(found("a").asked()).isEqualTo(run("a", "another"));
                assertThat(two.prune(Duration.ZERO, 9)).as("it is a new run").isEqualTo(1);
            }
        }

        /** Refused, and throttled when it was sent again. */
        @Test
        void shortensARunThatWasSentAgainInVain() {
            one.reject(sent(one, "a"), SILENCE);
            Claim again = claimed(one, "a");
            one.unsent(sent(one, again));
            one.release(again);
            assertThat(state("a")).isEqualTo(RunState.REJECTED);
            assertThat(two.prune(Duration.ZERO, 9)).isEqualTo(1);
        }

        @Test
        void leavesAPrunedVideoAdoptable() {
            one.complete(sent(one, "a"), ANSWER);
            two.prune(Duration.ZERO, 9);
            assertThat(two.adopt("a", "https://v.example/found.mp4")).isTrue();
            assertThat(found("a").completion().videoUrl()).isEqualTo("https://v.example/found.mp4");
        }

        @Test
        void goesOnInBatches() {
            for (String id : List.of("a", "b", "c")) {
                one.complete(sent(one, id), ANSWER);
            }
            assertThat(two.prune(Duration.ZERO, 2)).isEqualTo(2);
            assertThat(two.prune(Duration.ZERO, 2)).isEqualTo(1);
        }

        @Test
        void isSafeBesideWork() throws Exception {
            inParallel(4, node -> {
                for (int i = 0; i < 25; i++) {
                    String id = node + "-" + i;
                    Attempt attempt = sent(one, id);
                    two.prune(Duration.ZERO, 3);
                    one.reject(attempt, SILENCE);
                    Attempt next = sent(one, id);
                    two.prune(Duration.ZERO, 3);
                    assertThat(one.complete(next, ANSWER, false)).isEqualTo(Settled.DONE);
                    assertThat(found(id).completion()).isEqualTo(ANSWER);
                    assertThat(found(id).paidAttempts()).isEqualTo(1);
                }
            });
        }
    }
}
