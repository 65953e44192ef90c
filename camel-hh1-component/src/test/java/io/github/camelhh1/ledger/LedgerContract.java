package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every ledger promises. */
abstract class LedgerContract {
    static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int HOLD = 1;
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));
    private static final Caps NO_CAPS = new Caps(null, null);
    private static final Ending SILENCE = new Ending("silence", 504, "3007", "log-1", "ray-1");
    private static final Completion ANSWER = new Completion(
            "https://v.example/1.mp4?Expires=1900000000&Signature=s",
            "Completed",
            "BYOK",
            Duration.ofMillis(90_123),
            "log-2",
            "ray-2",
            "MISS");

    private Ledger ledger;
    private final List<LedgerSession> sessions = new ArrayList<>();
    LedgerSession one;
    LedgerSession two;

    /** Empty, and the same for every session of a test. */
    abstract Ledger ledger() throws Exception;

    @BeforeEach
    void open() throws Exception {
        work(ledger());
    }

    /** From now on with this one. */
    void work(Ledger with) {
        ledger = with;
        one = session();
        two = session();
    }

    @AfterEach
    void close() {
        sessions.forEach(LedgerSession::close);
    }

    LedgerSession session() {
        LedgerSession session = ledger.open();
        sessions.add(session);
        return session;
    }

    static NewRun run(String id, String fingerprint) {
        return new NewRun(id, "account", "model", "key of " + id, fingerprint, id + ".mp4", 5, new BigDecimal("0.70"));
    }

    static NewRun run(String id) {
        return run(id, "fingerprint of " + id);
    }

    static Claim claimed(LedgerSession session, NewRun run, int maxPaidAttempts) {
        Claiming claiming = session.claim(run, maxPaidAttempts);
        assertThat(claiming).isInstanceOf(Claiming.Claimed.class);
        return ((Claiming.Claimed) claiming).claim();
    }

    static Claim claimed(LedgerSession session, String id) {
        return claimed(session, run(id), HOLD);
    }

    static Claim sent(LedgerSession session, String id) {
        Claim claim = claimed(session, id);
        assertThat(session.sent(claim)).isTrue();
        return claim;
    }

    Run found(String id) {
        return one.find(id).orElseThrow();
    }

    RunState state(String id) {
        return found(id).state();
    }

    @Nested
    class ANewRun {
        @Test
        void isClaimedAndHoldsWhatWasAsked() {
            Claim claim = claimed(one, "a");
            Run run = found("a");
            assertThat(run.asked()).isEqualTo(run("a"));
            assertThat(run.state()).isEqualTo(RunState.CLAIMED);
            assertThat(run.owner()).isEqualTo(one.owner()).isEqualTo(claim.owner());
            assertThat(run.paidAttempts()).isZero();
            assertThat(run.createdAt()).isNotNull();
            assertThat(run.sentAt()).isNull();
            assertThat(run.settledAt()).isNull();
            assertThat(run.ending()).isNull();
            assertThat(run.completion()).isNull();
        }

        @Test
        void mayLeaveSecondsAndCostOpen() {
            var open = new NewRun("a", "account", "model", "k", "f", "a.mp4", null, null);
            claimed(one, open, HOLD);
            assertThat(found("a").asked()).isEqualTo(open);
        }

        @Test
        void isInFlightForEverybodyElse() {
            claimed(one, "a");
            assertThat(two.claim(run("a"), HOLD)).isInstanceOf(Claiming.InFlight.class);
        }

        @Test
        void isTakenOverByItsOwnOwner() {
            Claim first = claimed(one, "a");
            Claim second = claimed(one, "a");
            assertThat(second).isNotEqualTo(first);
            assertThat(one.sent(first)).isFalse();
            assertThat(one.release(first)).isFalse();
            assertThat(one.sent(second)).isTrue();
        }

        @Test
        void isGoneWhenItIsReleased() {
            assertThat(one.release(claimed(one, "a"))).isTrue();
            assertThat(one.find("a")).isEmpty();
            claimed(two, run("a", "another"), HOLD);
        }

        @Test
        void isNeverFoundByAnOldClaimAgain() {
            Claim old = claimed(one, "a");
            one.release(old);
            Claim young = claimed(one, "a");
            assertThat(one.release(old)).isFalse();
            assertThat(one.sent(old)).isFalse();
            assertThat(one.sent(young)).isTrue();
        }
    }

    @Nested
    class ASentRun {
        @Test
        void isCountedAsPerhapsPaid() {
            sent(one, "a");
            Run run = found("a");
            assertThat(run.state()).isEqualTo(RunState.SENT);
            assertThat(run.paidAttempts()).isEqualTo(1);
            assertThat(run.sentAt()).isNotNull();
        }

        @Test
        void maySaySoTwice() {
            Claim claim = sent(one, "a");
            assertThat(one.sent(claim)).isTrue();
            assertThat(found("a").paidAttempts()).isEqualTo(1);
        }

        @Test
        void isInFlightAlsoForItsOwnOwner() {
            sent(one, "a");
            assertThat(one.claim(run("a"), HOLD)).isInstanceOf(Claiming.InFlight.class);
        }

        @Test
        void isTakenBackBeforeAnotherAttempt() {
            Claim claim = sent(one, "a");
            assertThat(one.unsent(claim)).isTrue();
            assertThat(one.unsent(claim)).isTrue();
            assertThat(state("a")).isEqualTo(RunState.CLAIMED);
            assertThat(found("a").paidAttempts()).isZero();
            assertThat(one.sent(claim)).isTrue();
            assertThat(found("a").paidAttempts()).isEqualTo(1);
        }

        @Test
        void isGoneWhenItProvablyCostNothing() {
            assertThat(one.release(sent(one, "a"))).isTrue();
            assertThat(one.find("a")).isEmpty();
        }

        @Test
        void belongsToItsClaimOnly() {
            Claim claim = sent(one, "a");
            var stranger = new Claim("a", two.owner(), claim.number());
            assertThat(two.complete(stranger, ANSWER)).isFalse();
            assertThat(two.unknown(stranger, SILENCE)).isFalse();
            assertThat(two.reject(stranger, SILENCE, false)).isFalse();
            assertThat(two.release(stranger)).isFalse();
            assertThat(two.unsent(stranger)).isFalse();
            assertThat(state("a")).isEqualTo(RunState.SENT);
        }
    }

    @Nested
    class ACompletedRun {
        @Test
        void answersAgainAsItDidFirst() {
            assertThat(one.complete(sent(one, "a"), ANSWER)).isTrue();
            assertThat(two.claim(run("a"), 9)).isInstanceOfSatisfying(Claiming.Completed.class, completed -> {
                assertThat(completed.run().completion()).isEqualTo(ANSWER);
                assertThat(completed.run().asked()).isEqualTo(run("a"));
                assertThat(completed.run().settledAt()).isNotNull();
            });
        }

        @Test
        void mayBeSettledTwice() {
            Claim claim = sent(one, "a");
            one.complete(claim, ANSWER);
            assertThat(one.complete(claim, ANSWER)).isTrue();
            assertThat(one.unknown(claim, SILENCE)).isFalse();
            assertThat(one.release(claim)).isFalse();
            assertThat(state("a")).isEqualTo(RunState.COMPLETED);
        }

        @Test
        void keepsNullsNull() {
            var bare = new Completion("https://v.example/1", "Completed", null, Duration.ZERO, null, null, null);
            one.complete(sent(one, "a"), bare);
            assertThat(found("a").completion()).isEqualTo(bare);
        }

        @Test
        void doesNotAnswerAnotherRequest() {
            one.complete(sent(one, "a"), ANSWER);
            assertThat(two.claim(run("a", "another"), HOLD)).isInstanceOf(Claiming.KeyReused.class);
        }

        @Test
        void isNotCompletedWithoutHavingBeenSent() {
            assertThat(one.complete(claimed(one, "a"), ANSWER)).isFalse();
        }
    }

    @Nested
    class ARejectedRun {
        @Test
        void isFreeForTheNextDelivery() {
            assertThat(one.reject(sent(one, "a"), SILENCE, false)).isTrue();
            assertThat(state("a")).isEqualTo(RunState.REJECTED);
            assertThat(found("a").ending()).isEqualTo(SILENCE);
            assertThat(found("a").paidAttempts()).isZero();
            claimed(two, "a");
        }

        @Test
        void isFreeForAnotherRequest() {
            one.reject(sent(one, "a"), SILENCE, false);
            claimed(two, run("a", "mended"), HOLD);
            assertThat(found("a").asked().fingerprint()).isEqualTo("mended");
        }

        @Test
        void countsAsPaidWhenItMayBeBilled() {
            one.reject(sent(one, "a"), SILENCE, true);
            assertThat(found("a").paidAttempts()).isEqualTo(1);
        }

        @Test
        void isRejectedAgainWhenItsNextClaimIsReleased() {
            one.reject(sent(one, "a"), SILENCE, false);
            two.release(claimed(two, "a"));
            assertThat(state("a")).isEqualTo(RunState.REJECTED);
        }

        @Test
        void maySaySoTwice() {
            Claim claim = sent(one, "a");
            one.reject(claim, SILENCE, false);
            assertThat(one.reject(claim, SILENCE, false)).isTrue();
            assertThat(found("a").paidAttempts()).isZero();
        }
    }

    @Nested
    class AnUnknownRun {
        @BeforeEach
        void leave() {
            assertThat(one.unknown(sent(one, "a"), SILENCE)).isTrue();
        }

        @Test
        void isHeld() {
            assertThat(two.claim(run("a"), HOLD)).isInstanceOfSatisfying(Claiming.Held.class, held -> assertThat(
                            held.run().ending())
                    .isEqualTo(SILENCE));
        }

        @Test
        void keepsItsKeyFromOthers() {
            assertThat(two.claim(run("a", "another"), 9)).isInstanceOf(Claiming.KeyReused.class);
        }

        @Test
        void isSentAgainAsOftenAsIsAllowedAndSaysWhy() {
            Claim second = claimed(two, run("a"), 2);
            assertThat(found("a").causes()).isEqualTo("attempt 1: silence\n");
            two.sent(second);
            assertThat(found("a").paidAttempts()).isEqualTo(2);
            two.unknown(second, Ending.of("cut"));
            assertThat(one.claim(run("a"), 2)).isInstanceOf(Claiming.Held.class);
            claimed(one, run("a"), 3);
            assertThat(found("a").causes()).isEqualTo("attempt 1: silence\nattempt 2: cut\n");
        }

        @Test
        void saysOnceWhyHoweverOftenItsNextClaimIsReleased() {
            for (int i = 0; i < 3; i++) {
                two.release(claimed(two, run("a"), 2));
            }
            claimed(two, run("a"), 2);
            assertThat(found("a").causes()).isEqualTo("attempt 1: silence\n");
        }

        @Test
        void keepsTheLatestCausesOfVeryMany() {
            Ending lengthy = Ending.of("r".repeat(500));
            for (int paid = 1; paid < 22; paid++) {
                Claim claim = claimed(two, run("a"), 100);
                two.sent(claim);
                assertThat(two.unknown(claim, lengthy)).isTrue();
            }
            claimed(two, run("a"), 100);
            assertThat(found("a").causes())
                    .hasSizeBetween(9_000, 10_000)
                    .startsWith("attempt ")
                    .endsWith("attempt 22: " + lengthy.reason() + "\n");
        }

        @Test
        void isUnknownAgainWhenItsNextClaimIsReleasedOrRefused() {
            two.release(claimed(two, run("a"), 2));
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            Claim claim = claimed(two, run("a"), 2);
            two.sent(claim);
            two.reject(claim, Ending.of("refused"), false);
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(found("a").paidAttempts()).isEqualTo(1);
            assertThat(one.claim(run("a"), HOLD)).isInstanceOf(Claiming.Held.class);
        }

        @Test
        void completesLate() {
            Claim claim = sent(one, "b");
            one.unknown(claim, SILENCE);
            assertThat(one.complete(claim, ANSWER)).isTrue();
            assertThat(found("b").completion()).isEqualTo(ANSWER);
            assertThat(found("b").ending()).isNull();
        }

        @Test
        void isAdopted() {
            assertThat(two.adopt("a", "https://v.example/found.mp4")).isTrue();
            assertThat(one.claim(run("a"), HOLD)).isInstanceOfSatisfying(Claiming.Completed.class, completed -> {
                Completion completion = completed.run().completion();
                assertThat(completion.videoUrl()).isEqualTo("https://v.example/found.mp4");
                assertThat(completion.state()).isEqualTo("Completed");
                assertThat(completion.logId()).isEqualTo("log-1");
            });
            assertThat(found("a").ending()).isNull();
        }

        @Test
        void isForgotten() {
            assertThat(two.forget("a")).isTrue();
            assertThat(state("a")).isEqualTo(RunState.FORGOTTEN);
            Claim claim = claimed(one, run("a", "another"), HOLD);
            assertThat(found("a").paidAttempts()).isZero();
            one.release(claim);
            assertThat(state("a")).isEqualTo(RunState.FORGOTTEN);
        }
    }

    @Nested
    class AStagedImage {
        private Claim sent() {
            Claim claim = claimed(one, run("a"), HOLD);
            assertThat(one.sent(claim, "s3:photos/one.png")).isTrue();
            return claim;
        }

        @Test
        void isRememberedWhileTheOutcomeIsNotKnown() {
            Claim claim = sent();
            assertThat(found("a").staged()).containsExactly("s3:photos/one.png");
            one.unknown(claim, SILENCE);
            assertThat(found("a").staged()).containsExactly("s3:photos/one.png");
            assertThat(two.claim(run("a"), HOLD)).isInstanceOfSatisfying(Claiming.Held.class, held -> assertThat(
                            held.run().staged())
                    .containsExactly("s3:photos/one.png"));
        }

        @Test
        void isRememberedThoughItsOwnerDies() {
            sent();
            one.close();
            assertThat(two.recover()).singleElement().satisfies(run -> assertThat(run.staged())
                    .containsExactly("s3:photos/one.png"));
        }

        @Test
        void isForgottenWithACompletedOrRejectedRun() {
            one.complete(sent(), ANSWER);
            assertThat(found("a").staged()).isEmpty();
            Claim claim = claimed(one, run("b"), HOLD);
            one.sent(claim, "file:two.png");
            one.reject(claim, SILENCE, false);
            assertThat(found("b").staged()).isEmpty();
        }

        @Test
        void isForgottenWhenAnOperatorSettlesItsRun() {
            one.unknown(sent(), SILENCE);
            two.adopt("a", "https://v.example/found.mp4");
            assertThat(found("a").staged()).isEmpty();
            Claim claim = claimed(one, run("b"), HOLD);
            one.sent(claim, "file:two.png");
            one.unknown(claim, SILENCE);
            two.forget("b");
            assertThat(found("b").staged()).isEmpty();
        }

        @Test
        void isRememberedBesideThoseOfLaterAttempts() {
            one.unknown(sent(), SILENCE);
            Claim second = claimed(two, run("a"), 2);
            two.sent(second, "s3:photos/two.png");
            two.unsent(second);
            two.sent(second, "s3:photos/two.png");
            assertThat(found("a").staged()).containsExactly("s3:photos/one.png", "s3:photos/two.png");
            two.reject(second, SILENCE, false);
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(found("a").staged()).contains("s3:photos/one.png");
        }

        @Test
        void isNoneOfThatOfAnEarlierRequest() {
            one.unknown(sent(), SILENCE);
            one.forget("a");
            Claim next = claimed(one, run("a", "another"), HOLD);
            one.sent(next);
            assertThat(found("a").staged()).isEmpty();
        }
    }

    @Nested
    class AnOperator {
        @Test
        void givesACompletedRunAnotherLink() {
            one.complete(sent(one, "a"), ANSWER);
            assertThat(two.adopt("a", "https://v.example/2.mp4")).isTrue();
            assertThat(found("a").completion()).isEqualTo(ANSWER.at("https://v.example/2.mp4"));
        }

        @Test
        void forgetsACompletedRun() {
            one.complete(sent(one, "a"), ANSWER);
            assertThat(two.forget("a")).isTrue();
            assertThat(found("a").completion()).isNull();
            claimed(two, "a");
        }

        @Test
        void findsNothingOfAForgottenAnswerInALaterOne() {
            one.complete(sent(one, "a"), ANSWER);
            two.forget("a");
            one.unknown(sent(one, "a"), Ending.of("silence"));
            two.adopt("a", "https://v.example/2.mp4");
            Completion adopted = found("a").completion().after(Duration.ZERO);
            assertThat(adopted)
                    .isEqualTo(new Completion(
                            "https://v.example/2.mp4", "Completed", null, Duration.ZERO, null, null, null));
        }

        @ParameterizedTest
        @EnumSource(names = {"CLAIMED", "SENT", "REJECTED", "FORGOTTEN"})
        void canNeitherAdoptNorForgetARunOf(RunState state) {
            Claim claim = claimed(one, "a");
            switch (state) {
                case SENT -> one.sent(claim);
                case REJECTED -> {
                    one.sent(claim);
                    one.reject(claim, SILENCE, false);
                }
                case FORGOTTEN -> {
                    one.sent(claim);
                    one.unknown(claim, SILENCE);
                    one.forget("a");
                }
                default -> {}
            }
            assertThat(two.adopt("a", "https://v.example/2.mp4")).isFalse();
            assertThat(two.forget("a")).isFalse();
            assertThat(state("a")).isEqualTo(state);
        }

        @Test
        void cannotDoAnythingAboutARunThatIsNotThere() {
            assertThat(one.adopt("a", "https://v.example/2.mp4")).isFalse();
            assertThat(one.forget("a")).isFalse();
            assertThat(one.find("a")).isEmpty();
        }

        @Test
        void listsNewestFirstByStateAndPage() {
            var claims = new ArrayList<Claim>();
            for (int i = 0; i < 5; i++) {
                claims.add(claimed(one, "run-" + i));
                Run last = found("run-" + i);
                // The order of one millisecond is nobody's business.
                await().atMost(LIMIT).until(() -> {
                    one.release(claimed(one, "clock"));
                    claimed(one, "clock");
                    return found("clock").createdAt().isAfter(last.createdAt());
                });
                one.release(claimed(one, "clock"));
            }
            Claim second = claims.get(1);
            one.sent(second);
            one.unknown(second, SILENCE);

            assertThat(ids(one.runs(null, 100, 0))).containsExactly("run-4", "run-3", "run-2", "run-1", "run-0");
            assertThat(ids(one.runs(null, 2, 1))).containsExactly("run-3", "run-2");
            assertThat(ids(two.runs(RunState.UNKNOWN, 100, 0))).containsExactly("run-1");
            assertThat(two.runs(RunState.COMPLETED, 100, 0)).isEmpty();
            assertThat(two.runs(null, 100, 5)).isEmpty();
        }

        private List<String> ids(List<Run> runs) {
            return runs.stream().map(Run::runId).toList();
        }
    }

    @Nested
    class ADeadOwner {
        @Test
        void leavesWhatItClaimedFreeAndWhatItSentUnknown() {
            claimed(one, "claimed");
            sent(one, "sent");
            one.complete(sent(one, "done"), ANSWER);
            one.close();
            assertThat(two.recover())
                    .singleElement()
                    .satisfies(run -> assertThat(run.runId()).isEqualTo("sent"))
                    .satisfies(run -> assertThat(run.reason()).contains("ended"));
            assertThat(two.find("claimed")).isEmpty();
            assertThat(two.find("sent").orElseThrow().state()).isEqualTo(RunState.UNKNOWN);
            assertThat(two.find("done").orElseThrow().state()).isEqualTo(RunState.COMPLETED);
            assertThat(two.recover()).isEmpty();
        }

        @Test
        void isFoundOutByAClaim() {
            claimed(one, "claimed");
            sent(one, "sent");
            one.close();
            claimed(two, "claimed");
            assertThat(two.claim(run("sent"), HOLD)).isInstanceOf(Claiming.Held.class);
            claimed(two, run("sent"), 2);
        }

        @Test
        void leavesARunItMeantToSendAgainUnknown() {
            one.unknown(sent(one, "a"), SILENCE);
            claimed(one, run("a"), 2);
            one.close();
            assertThat(two.recover()).hasSize(1);
            assertThat(two.claim(run("a"), HOLD)).isInstanceOf(Claiming.Held.class);
        }

        @Test
        void doesNotTouchTheLiving() {
            claimed(one, "a");
            sent(one, "b");
            assertThat(two.recover()).isEmpty();
            assertThat(state("a")).isEqualTo(RunState.CLAIMED);
            assertThat(state("b")).isEqualTo(RunState.SENT);
        }

        @Test
        void givesBackWhatItReservedForWhatItDidNotSend() {
            one.reserve(claimed(one, "claimed"), TODAY, FIVE, NO_CAPS);
            Claim sent = claimed(one, "sent");
            one.reserve(sent, TODAY, FIVE, NO_CAPS);
            one.sent(sent);
            one.close();
            two.recover();
            assertThat(two.spent("account", TODAY)).isEqualTo(FIVE);
        }
    }

    @Nested
    class ABudget {
        private Claim reserved(String id, Amount amount, Caps caps, boolean allowed) {
            Claim claim = claimed(one, id);
            assertThat(one.reserve(claim, TODAY, amount, caps)).isEqualTo(allowed);
            return claim;
        }

        private long seconds() {
            return two.spent("account", TODAY).seconds();
        }

        @Test
        void isEmptyAtFirst() {
            assertThat(one.spent("account", TODAY)).isEqualTo(Amount.NONE);
        }

        @Test
        void countsToTheCapAndNotBeyond() {
            var caps = new Caps(10L, null);
            reserved("a", FIVE, caps, true);
            reserved("b", FIVE, caps, true);
            reserved("c", FIVE, caps, false);
            assertThat(seconds()).isEqualTo(10);
        }

        @Test
        void countsMoneyToTheMillionth() {
            var caps = new Caps(null, new BigDecimal("1.000001"));
            reserved("a", new Amount(5, new BigDecimal("1")), caps, true);
            reserved("b", new Amount(5, new BigDecimal("0.000001")), caps, true);
            reserved("c", new Amount(5, new BigDecimal("0.000001")), caps, false);
            assertThat(two.spent("account", TODAY)).isEqualTo(new Amount(10, new BigDecimal("1.000001")));
        }

        @Test
        void isOfOneDayAndAccount() {
            var caps = new Caps(5L, null);
            reserved("a", FIVE, caps, true);
            assertThat(one.reserve(claimed(one, "b"), TODAY.plusDays(1), FIVE, caps))
                    .isTrue();
            var other = new NewRun("c", "other", "model", "k", "f", "c.mp4", 5, null);
            assertThat(one.reserve(claimed(one, other, HOLD), TODAY, FIVE, caps))
                    .isTrue();
        }

        @Test
        void isSpentByWhatIsPaidOrMayBe() {
            Claim done = reserved("a", FIVE, NO_CAPS, true);
            one.sent(done);
            one.complete(done, ANSWER);
            Claim unknown = reserved("b", FIVE, NO_CAPS, true);
            one.sent(unknown);
            one.unknown(unknown, SILENCE);
            Claim failed = reserved("c", FIVE, NO_CAPS, true);
            one.sent(failed);
            one.reject(failed, SILENCE, true);
            one.forget("a");
            one.forget("b");
            assertThat(seconds()).isEqualTo(15);
        }

        @Test
        void getsBackWhatWasNotSentOrWasRefused() {
            one.release(reserved("a", FIVE, NO_CAPS, true));
            Claim refused = reserved("b", FIVE, NO_CAPS, true);
            one.sent(refused);
            one.reject(refused, SILENCE, false);
            one.reject(refused, SILENCE, false);
            Claim safe = reserved("c", FIVE, NO_CAPS, true);
            one.sent(safe);
            one.release(safe);
            one.release(safe);
            assertThat(two.spent("account", TODAY)).isEqualTo(Amount.NONE);
        }

        @Test
        void isReservedOnceByOneClaim() {
            Claim claim = reserved("a", FIVE, NO_CAPS, true);
            assertThat(one.reserve(claim, TODAY, new Amount(3, BigDecimal.ONE), NO_CAPS))
                    .isTrue();
            assertThat(seconds()).isEqualTo(3);
            assertThat(one.reserve(claim, TODAY, FIVE, new Caps(4L, null))).isFalse();
            assertThat(seconds()).isZero();
        }

        @Test
        void isNotReservedByAClaimThatIsGone() {
            Claim claim = claimed(one, "a");
            one.release(claim);
            assertThat(one.reserve(claim, TODAY, FIVE, NO_CAPS)).isFalse();
            assertThat(seconds()).isZero();
        }

        @Test
        void isSpentOnceMoreByEachAttemptThatMayBePaid() {
            Claim first = reserved("a", FIVE, NO_CAPS, true);
            one.sent(first);
            one.unknown(first, SILENCE);
            Claim second = claimed(two, run("a"), 2);
            assertThat(two.reserve(second, TODAY, FIVE, NO_CAPS)).isTrue();
            assertThat(seconds()).isEqualTo(10);
            two.release(second);
            assertThat(seconds()).isEqualTo(5);
        }

        @Test
        void isNeverPassedByManyAtOnce() throws Exception {
            var caps = new Caps(100L, new BigDecimal("10"));
            var granted = new AtomicInteger();
            inParallel(8, caller -> {
                LedgerSession session = caller % 2 == 0 ? one : two;
                for (int i = 0; i < 10; i++) {
                    Claim claim = claimed(session, caller + "-" + i);
                    if (session.reserve(claim, TODAY, FIVE, caps)) {
                        granted.incrementAndGet();
                        assertThat(seconds()).isLessThanOrEqualTo(100);
                    }
                }
            });
            assertThat(granted).hasValue(14);
            assertThat(two.spent("account", TODAY)).isEqualTo(new Amount(70, new BigDecimal("9.80")));
        }
    }

    @Nested
    class ManyAtOnce {
        @Test
        void oneOfThemClaims() throws Exception {
            int keys = 50;
            var winners = new AtomicInteger();
            inParallel(8, caller -> {
                LedgerSession session = caller % 2 == 0 ? one : two;
                for (int i = 0; i < keys; i++) {
                    // One caller a session and key at a time, as the room above sees to.
                    synchronized ((session.owner() + i).intern()) {
                        Run run = session.find("key-" + i).orElse(null);
                        boolean own = run != null && run.owner().equals(session.owner());
                        if (!own && session.claim(run("key-" + i), HOLD) instanceof Claiming.Claimed claimed) {
                            assertThat(session.sent(claimed.claim())).isTrue();
                            winners.incrementAndGet();
                        }
                    }
                }
            });
            assertThat(winners).hasValue(keys);
        }

        @Test
        void oneOfThemRecoversEachRun() throws Exception {
            for (int i = 0; i < 40; i++) {
                sent(one, "key-" + i);
            }
            one.close();
            var recovered = new AtomicInteger();
            var third = session();
            inParallel(
                    4,
                    caller -> recovered.addAndGet(
                            (caller % 2 == 0 ? two : third).recover().size()));
            assertThat(recovered).hasValue(40);
        }

        @Test
        void eachRecoveredRunGivesBackItsReservationOnce() throws Exception {
            for (int i = 0; i < 40; i++) {
                one.reserve(claimed(one, "dead-" + i), TODAY.plusDays(i % 2), FIVE, NO_CAPS);
            }
            one.close();
            var third = session();
            inParallel(6, caller -> {
                LedgerSession session = caller % 2 == 0 ? two : third;
                for (int i = 0; i < 10; i++) {
                    String id = caller + "-" + i;
                    assertThat(session.reserve(claimed(session, id), TODAY.plusDays(i % 2), FIVE, NO_CAPS))
                            .isTrue();
                    session.recover();
                }
            });
            assertThat(two.spent("account", TODAY).seconds()).isEqualTo(30 * 5);
            assertThat(two.spent("account", TODAY.plusDays(1)).seconds()).isEqualTo(30 * 5);
        }
    }

    interface Caller {
        void call(int number) throws Exception;
    }

    static void inParallel(int callers, Caller caller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<Boolean>> work = IntStream.range(0, callers)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        caller.call(number);
                        return true;
                    })
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
