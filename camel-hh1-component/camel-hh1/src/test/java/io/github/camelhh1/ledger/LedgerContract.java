package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LedgerSession.Settled;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every ledger. */
public abstract class LedgerContract {
    public static final Duration LIMIT = Duration.ofSeconds(60);
    static final int HOLD = 1;
    static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));
    static final Caps NO_CAPS = new Caps(null, null);
    public static final Ending SILENCE = new Ending("silence", new CallIds(504, "3007", "log-1", "ray-1"), null);
    public static final Completion ANSWER = new Completion(
            "https://v.example/1.mp4?Expires=1900000000&Signature=s",
            "Completed",
            "BYOK",
            Duration.ofMillis(90_123),
            "log-2",
            "ray-2",
            "MISS");

    private Ledger ledger;
    private final List<LedgerSession> sessions = new ArrayList<>();
    public LedgerSession one;
    LedgerSession two;
    /** By the ledger's clock, when the test began. */
    LocalDate today;

    /** Empty, and the same for every session of a test. */
    protected abstract Ledger ledger() throws Exception;

    @BeforeEach
    void open() throws Exception {
        work(ledger());
    }

    /** From now on with this one. */
    void work(Ledger with) {
        ledger = with;
        one = session();
        two = session();
        today = one.today();
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

    public static NewRun run(String id, String fingerprint) {
        return new NewRun(
                id,
                "account",
                "model",
                "key of " + id,
                fingerprint,
                id + ".mp4",
                5,
                new BigDecimal("0.70"),
                "photo of " + id);
    }

    public static NewRun run(String id) {
        return run(id, "fingerprint of " + id);
    }

    public static Claim claimed(LedgerSession session, NewRun run, int maxPaidAttempts) {
        Claiming claiming = session.claim(run, maxPaidAttempts);
        assertThat(claiming).isInstanceOf(Claiming.Claimed.class);
        return ((Claiming.Claimed) claiming).claim();
    }

    /** The run of an answer that is no claim, for this reason. */
    public static Run refused(Claiming claiming, Claiming.Reason reason) {
        assertThat(claiming).isInstanceOf(Claiming.NotClaimed.class);
        assertThat(((Claiming.NotClaimed) claiming).reason()).isEqualTo(reason);
        return ((Claiming.NotClaimed) claiming).run();
    }

    public static Claim claimed(LedgerSession session, String id) {
        return claimed(session, run(id), HOLD);
    }

    public static Attempt sent(LedgerSession session, Claim claim) {
        return session.sent(claim, null).orElseThrow(() -> new AssertionError(claim + " was not sent"));
    }

    public static Attempt sent(LedgerSession session, String id) {
        return sent(session, claimed(session, id));
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
            assertThat(run.attempt()).isZero();
            assertThat(run.paidAttempts()).isZero();
            assertThat(run.createdAt()).isNotNull();
            assertThat(run.sentAt()).isNull();
            assertThat(run.settledAt()).isNull();
            assertThat(run.ending()).isNull();
            assertThat(run.completion()).isNull();
            assertThat(run.late()).isEmpty();
        }

        @Test
        void mayLeaveSecondsAndCostOpen() {
            var open = new NewRun("a", "account", "model", "k", "f", "a.mp4", null, null, null);
            claimed(one, open, HOLD);
            assertThat(found("a").asked()).isEqualTo(open);
        }

        @Test
        void keepsTheLongestCorrelationOfAnyCharacters() {
            String text = "\u00e4\n\t'\"%\u4e2d\ud83d\udc0e".repeat(100).substring(0, 900) + "\u4e2d".repeat(100);
            claimed(one, new NewRun("a", "account", "model", "k", "f", "a.mp4", 5, null, text), HOLD);
            assertThat(found("a").asked().correlation()).isEqualTo(text);
        }

        @Test
        void isInFlightForEverybodyElse() {
            claimed(one, "a");
            refused(two.claim(run("a"), HOLD), Claiming.Reason.IN_FLIGHT);
        }

        @Test
        void isInFlightAlsoForItsOwnSessionWhileItIsWorkedOn() {
            Claim first = claimed(one, "a");
            refused(one.claim(run("a"), HOLD), Claiming.Reason.IN_FLIGHT);
            assertThat(one.recover()).isEmpty();
            assertThat(one.sent(first, null)).isPresent();
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
            assertThat(one.sent(old, null)).isEmpty();
            assertThat(one.sent(young, null)).isPresent();
        }
    }

    @Nested
    class ASentRun {
        @Test
        void isCountedAsPerhapsPaid() {
            assertThat(sent(one, "a").number()).isEqualTo(1);
            Run run = found("a");
            assertThat(run.state()).isEqualTo(RunState.SENT);
            assertThat(run.attempt()).isEqualTo(1);
            assertThat(run.paidAttempts()).isEqualTo(1);
            assertThat(run.sentAt()).isNotNull();
        }

        @Test
        void maySaySoTwiceAndIsAnotherAttemptThatIsCountedOnce() {
            Attempt first = sent(one, "a");
            Attempt second = sent(one, first.claim());
            assertThat(second).isEqualTo(new Attempt(first.claim(), 2));
            assertThat(found("a").attempt()).isEqualTo(2);
            assertThat(found("a").paidAttempts()).isEqualTo(1);
        }

        @Test
        void isInFlightAlsoForItsOwnOwner() {
            sent(one, "a");
            refused(one.claim(run("a"), HOLD), Claiming.Reason.IN_FLIGHT);
        }

        @Test
        void isTakenBackBeforeAnotherAttempt() {
            Attempt attempt = sent(one, "a");
            assertThat(one.unsent(attempt)).isTrue();
            assertThat(one.unsent(attempt)).isTrue();
            assertThat(state("a")).isEqualTo(RunState.CLAIMED);
            assertThat(found("a").paidAttempts()).isZero();
            assertThat(sent(one, attempt.claim()).number()).isEqualTo(2);
            assertThat(found("a").paidAttempts()).isEqualTo(1);
        }

        @Test
        void isGoneWhenItProvablyCostNothing() {
            assertThat(one.release(sent(one, "a").claim())).isTrue();
            assertThat(one.find("a")).isEmpty();
        }

        @Test
        void belongsToItsClaimOnly() {
            Attempt own = sent(one, "a");
            var claim = new Claim("a", two.owner(), own.claim().number());
            var stranger = new Attempt(claim, own.number());
            assertThat(two.complete(stranger, ANSWER)).isEqualTo(Settled.LATE);
            assertThat(two.unknown(stranger, SILENCE)).isEqualTo(Settled.LATE);
            assertThat(two.reject(stranger, SILENCE)).isEqualTo(Settled.LATE);
            assertThat(two.failed(stranger, SILENCE)).isEqualTo(Settled.LATE);
            assertThat(two.release(claim)).isFalse();
            assertThat(two.abandon(claim, SILENCE)).isFalse();
            assertThat(two.unsent(stranger)).isFalse();
            assertThat(two.sent(claim, null)).isEmpty();
            assertThat(two.reserve(claim, FIVE, NO_CAPS)).isEqualTo(new Reserving.Gone());
            assertThat(state("a")).isEqualTo(RunState.SENT);
        }
    }

    @Nested
    class ACompletedRun {
        @Test
        void answersAgainAsItDidFirst() {
            assertThat(one.complete(sent(one, "a"), ANSWER)).isEqualTo(Settled.DONE);
            Run completed = refused(two.claim(run("a"), 9), Claiming.Reason.COMPLETED);
            assertThat(completed.completion()).isEqualTo(ANSWER);
            assertThat(completed.asked()).isEqualTo(run("a"));
            assertThat(completed.settledAt()).isNotNull();
        }

        @Test
        void mayBeSettledTwice() {
            Attempt attempt = sent(one, "a");
            one.complete(attempt, ANSWER);
            assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(one.unknown(attempt, SILENCE)).isEqualTo(Settled.LATE);
            assertThat(one.unsent(attempt)).isFalse();
            assertThat(one.sent(attempt.claim(), null)).isEmpty();
            assertThat(state("a")).isEqualTo(RunState.COMPLETED);
            assertThat(found("a").completion()).isEqualTo(ANSWER);
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
            refused(two.claim(run("a", "another"), HOLD), Claiming.Reason.KEY_REUSED);
        }

        @Test
        void isNotCompletedWithoutHavingBeenSent() {
            Claim claim = claimed(one, "a");
            assertThat(one.complete(new Attempt(claim, 0), ANSWER)).isEqualTo(Settled.LATE);
            assertThat(one.complete(new Attempt(claim, 1), ANSWER)).isEqualTo(Settled.LATE);
            assertThat(state("a")).isEqualTo(RunState.CLAIMED);
        }
    }

    @Nested
    class ARejectedRun {
        @Test
        void isFreeForTheNextDelivery() {
            assertThat(one.reject(sent(one, "a"), SILENCE)).isEqualTo(Settled.DONE);
            assertThat(state("a")).isEqualTo(RunState.REJECTED);
            assertThat(found("a").ending()).isEqualTo(SILENCE);
            assertThat(found("a").paidAttempts()).isZero();
            claimed(two, "a");
        }

        @Test
        void isFreeForAnotherRequest() {
            one.reject(sent(one, "a"), SILENCE);
            claimed(two, run("a", "mended"), HOLD);
            assertThat(found("a").asked().fingerprint()).isEqualTo("mended");
        }

        @Test
        void isRejectedAgainWhenItsNextClaimIsReleased() {
            one.reject(sent(one, "a"), SILENCE);
            two.release(claimed(two, "a"));
            assertThat(state("a")).isEqualTo(RunState.REJECTED);
        }

        @Test
        void maySaySoTwice() {
            Attempt attempt = sent(one, "a");
            one.reject(attempt, SILENCE);
            assertThat(one.reject(attempt, SILENCE)).isEqualTo(Settled.DONE);
            assertThat(found("a").paidAttempts()).isZero();
        }
    }

    @Nested
    class AnUnknownRun {
        @BeforeEach
        void leave() {
            assertThat(one.unknown(sent(one, "a"), SILENCE)).isEqualTo(Settled.DONE);
        }

        @Test
        void isHeld() {
            assertThat(refused(two.claim(run("a"), HOLD), Claiming.Reason.HELD).ending())
                    .isEqualTo(SILENCE);
        }

        @Test
        void keepsItsKeyFromOthers() {
            refused(two.claim(run("a", "another"), 9), Claiming.Reason.KEY_REUSED);
        }

        @Test
        void isSentAgainAsOftenAsIsAllowedAndSaysWhy() {
            Claim second = claimed(two, run("a"), 2);
            assertThat(found("a").causes()).isEqualTo("attempt 1: silence\n");
            Attempt attempt = sent(two, second);
            assertThat(attempt.number()).isEqualTo(2);
            assertThat(found("a").paidAttempts()).isEqualTo(2);
            two.unknown(attempt, Ending.of("cut"));
            refused(one.claim(run("a"), 2), Claiming.Reason.HELD);
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
                Attempt attempt = sent(two, claimed(two, run("a"), 100));
                assertThat(two.unknown(attempt, lengthy)).isEqualTo(Settled.DONE);
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
            two.reject(sent(two, claimed(two, run("a"), 2)), Ending.of("refused"));
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(found("a").paidAttempts()).isEqualTo(1);
            refused(one.claim(run("a"), HOLD), Claiming.Reason.HELD);
        }

        @Test
        void completesLate() {
            Attempt attempt = sent(one, "b");
            one.unknown(attempt, SILENCE);
            assertThat(one.complete(attempt, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(found("b").completion()).isEqualTo(ANSWER);
            assertThat(found("b").ending()).isNull();
        }

        @Test
        void isAdopted() {
            assertThat(two.adopt("a", "https://v.example/found.mp4")).isTrue();
            Run completed = refused(one.claim(run("a"), HOLD), Claiming.Reason.COMPLETED);
            Completion completion = completed.completion();
            assertThat(completion.videoUrl()).isEqualTo("https://v.example/found.mp4");
            assertThat(completion.state()).isEqualTo("Completed");
            assertThat(completion.logId()).isEqualTo("log-1");
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
        private Attempt sent() {
            return one.sent(claimed(one, "a"), "s3:photos/one.png").orElseThrow();
        }

        @Test
        void isRememberedWhileTheOutcomeIsNotKnown() {
            Attempt attempt = sent();
            assertThat(found("a").staged()).containsExactly("s3:photos/one.png");
            one.unknown(attempt, SILENCE);
            assertThat(found("a").staged()).containsExactly("s3:photos/one.png");
            assertThat(refused(two.claim(run("a"), HOLD), Claiming.Reason.HELD).staged())
                    .containsExactly("s3:photos/one.png");
        }

        @Test
        void isRememberedThoughItsOwnerDies() {
            sent();
            one.close();
            assertThat(two.recover()).singleElement().satisfies(run -> assertThat(run.staged())
                    .containsExactly("s3:photos/one.png"));
        }

        @Test
        void isForgottenWithACompletedRejectedOrFailedRun() {
            one.complete(sent(), ANSWER);
            assertThat(found("a").staged()).isEmpty();
            one.reject(one.sent(claimed(one, "b"), "file:two.png").orElseThrow(), SILENCE);
            assertThat(found("b").staged()).isEmpty();
            one.failed(one.sent(claimed(one, "c"), "file:three.png").orElseThrow(), SILENCE);
            assertThat(found("c").staged()).isEmpty();
        }

        @Test
        void isForgottenWhenAnOperatorSettlesItsRun() {
            one.unknown(sent(), SILENCE);
            two.adopt("a", "https://v.example/found.mp4");
            assertThat(found("a").staged()).isEmpty();
            one.unknown(one.sent(claimed(one, "b"), "file:two.png").orElseThrow(), SILENCE);
            two.forget("b");
            assertThat(found("b").staged()).isEmpty();
        }

        @Test
        void isRememberedBesideThoseOfLaterAttempts() {
            one.unknown(sent(), SILENCE);
            Claim second = claimed(two, run("a"), 2);
            two.unsent(two.sent(second, "s3:photos/two.png").orElseThrow());
            Attempt last = two.sent(second, "s3:photos/two.png").orElseThrow();
            assertThat(found("a").staged()).containsExactly("s3:photos/one.png", "s3:photos/two.png");
            two.reject(last, SILENCE);
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(found("a").staged()).contains("s3:photos/one.png");
        }

        /** A service that refuses for a night, and a queue that delivers again each time. */
        @ParameterizedTest
        @ValueSource(strings = {"another link each time", "the same link"})
        void keepsNoRequestFromBeingSentHoweverOftenItIsRefused(String links) {
            one.unknown(sent(), SILENCE);
            for (int turn = 0; turn < 20; turn++) {
                Claim claim = claimed(two, run("a"), 2);
                String link = "https://s.example/" + "y".repeat(1_400) + (links.startsWith("another") ? turn : "");
                Attempt attempt =
                        two.sent(claim, "endpoint:two.png\t" + link).orElseThrow(() -> new AssertionError("not sent"));
                two.reject(attempt, SILENCE);
            }
            assertThat(found("a").staged())
                    .startsWith("s3:photos/one.png")
                    .hasSize(links.startsWith("another") ? 14 : 2);
        }

        @Test
        void isNoneOfThatOfAnEarlierRequest() {
            one.unknown(sent(), SILENCE);
            one.forget("a");
            Claim next = claimed(one, run("a", "another"), HOLD);
            one.sent(next, null);
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
        void doesNotForgetARunOfAnotherState() {
            one.complete(sent(one, "a"), ANSWER);

            assertThat(two.forget("a", RunState.UNKNOWN)).isFalse();
            assertThat(found("a").completion()).isEqualTo(ANSWER);
            assertThat(two.forget("a", RunState.COMPLETED)).isTrue();
        }

        /** A look-up has found it meanwhile: who names no state may not know. */
        @Test
        void forgetsAVideoThatNobodyHasGotOnlyByItsState() {
            Attempt attempt = sent(one, "a");
            one.unknown(attempt, Ending.of("silence"));
            one.found(found("a"), ANSWER, false);

            assertThat(two.forget("a")).isFalse();
            assertThat(found("a").completion()).isEqualTo(ANSWER);
            assertThat(two.forget("a", RunState.COMPLETED)).isTrue();
        }

        /** A look-up has found it meanwhile: who gives another link may not know. */
        @Test
        void losesNoVideoThatNobodyHasGotByGivingAnotherLink() {
            one.unknown(sent(one, "a"), Ending.of("silence"));
            one.found(found("a"), ANSWER, false);

            assertThat(two.adopt("a", "https://v.example/2.mp4")).isTrue();
            assertThat(found("a").completion().videoUrl()).isEqualTo("https://v.example/2.mp4");
            assertThat(found("a").late()).extracting(Run.LateResult::videoUrl).containsExactly(ANSWER.videoUrl());
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
                case SENT -> one.sent(claim, null);
                case REJECTED -> one.reject(sent(one, claim), SILENCE);
                case FORGOTTEN -> {
                    one.unknown(sent(one, claim), SILENCE);
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
                    Claim clock = claimed(one, "clock");
                    Run now = found("clock");
                    one.release(clock);
                    return now.createdAt().isAfter(last.createdAt());
                });
            }
            one.unknown(sent(one, claims.get(1)), SILENCE);

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
            refused(two.claim(run("sent"), HOLD), Claiming.Reason.HELD);
            claimed(two, run("sent"), 2);
        }

        @Test
        void leavesARunItMeantToSendAgainUnknown() {
            one.unknown(sent(one, "a"), SILENCE);
            claimed(one, run("a"), 2);
            one.close();
            assertThat(two.recover()).hasSize(1);
            refused(two.claim(run("a"), HOLD), Claiming.Reason.HELD);
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
            one.reserve(claimed(one, "claimed"), FIVE, NO_CAPS);
            Claim sent = claimed(one, "sent");
            one.reserve(sent, FIVE, NO_CAPS);
            one.sent(sent, null);
            one.close();
            two.recover();
            assertThat(two.spent("account", today)).isEqualTo(FIVE);
        }
    }

    @Nested
    class ABudget {
        private Claim reserved(String id, Amount amount, Caps caps) {
            Claim claim = claimed(one, id);
            assertThat(one.reserve(claim, amount, caps)).isEqualTo(new Reserving.Reserved(today));
            return claim;
        }

        private Attempt sent(String id) {
            return LedgerContract.sent(one, reserved(id, FIVE, NO_CAPS));
        }

        private Amount spent() {
            return two.spent("account", today);
        }

        private long seconds() {
            return spent().seconds();
        }

        @Test
        void isEmptyAtFirst() {
            assertThat(spent()).isEqualTo(Amount.NONE);
        }

        @Test
        void countsToTheCapAndNotBeyondAndSaysHowMuchIsSpent() {
            var caps = new Caps(10L, null);
            reserved("a", FIVE, caps);
            reserved("b", FIVE, caps);
            Amount ten = FIVE.plus(FIVE);
            assertThat(one.reserve(claimed(one, "c"), FIVE, caps)).isEqualTo(new Reserving.Refused(today, ten));
            assertThat(spent()).isEqualTo(ten);
        }

        @Test
        void countsMoneyToTheMillionth() {
            var caps = new Caps(null, new BigDecimal("1.000001"));
            var all = new Amount(10, new BigDecimal("1.000001"));
            reserved("a", new Amount(5, new BigDecimal("1")), caps);
            reserved("b", new Amount(5, new BigDecimal("0.000001")), caps);
            assertThat(one.reserve(claimed(one, "c"), new Amount(5, new BigDecimal("0.000001")), caps))
                    .isEqualTo(new Reserving.Refused(today, all));
            assertThat(spent()).isEqualTo(all);
        }

        @Test
        void refusesWhatIsMoreThanAllOfIt() {
            assertThat(one.reserve(claimed(one, "a"), FIVE, new Caps(4L, null)))
                    .isEqualTo(new Reserving.Refused(today, Amount.NONE));
            assertThat(spent()).isEqualTo(Amount.NONE);
        }

        @Test
        void isOfOneAccount() {
            var caps = new Caps(5L, null);
            reserved("a", FIVE, caps);
            var other = new NewRun("c", "other", "model", "k", "f", "c.mp4", 5, null, null);
            assertThat(one.reserve(claimed(one, other, HOLD), FIVE, caps)).isEqualTo(new Reserving.Reserved(today));
            assertThat(two.spent("other", today)).isEqualTo(FIVE);
        }

        @Test
        void isSpentByWhatIsPaidOrMayBe() {
            one.complete(sent("a"), ANSWER);
            one.unknown(sent("b"), SILENCE);
            one.failed(sent("c"), SILENCE);
            one.forget("a");
            one.forget("b");
            one.forget("c");
            assertThat(seconds()).isEqualTo(15);
        }

        @Test
        void getsBackWhatWasNotSentOrWasRefused() {
            one.release(reserved("a", FIVE, NO_CAPS));
            Attempt refused = sent("b");
            one.reject(refused, SILENCE);
            one.reject(refused, SILENCE);
            Attempt safe = sent("c");
            one.release(safe.claim());
            one.release(safe.claim());
            one.abandon(reserved("d", FIVE, NO_CAPS), SILENCE);
            assertThat(spent()).isEqualTo(Amount.NONE);
        }

        @Test
        void keepsWhatWasReservedForAnUnknownRunUntilItIsSettled() {
            Attempt refused = sent("a");
            one.unknown(refused, SILENCE);
            Attempt made = sent("b");
            one.unknown(made, SILENCE);
            assertThat(seconds()).isEqualTo(10);
            assertThat(one.reject(refused, SILENCE)).isEqualTo(Settled.DONE);
            assertThat(state("a")).isEqualTo(RunState.REJECTED);
            assertThat(spent()).isEqualTo(FIVE);
            assertThat(one.complete(made, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(one.complete(made, ANSWER)).isEqualTo(Settled.DONE);
            assertThat(spent()).isEqualTo(FIVE);
            assertThat(one.reject(made, SILENCE)).isEqualTo(Settled.LATE);
            assertThat(spent()).as("what was spent is not given back").isEqualTo(FIVE);
        }

        @Test
        void isReservedOnceByOneClaim() {
            Claim claim = reserved("a", FIVE, NO_CAPS);
            var three = new Amount(3, BigDecimal.ONE);
            assertThat(one.reserve(claim, three, NO_CAPS)).isEqualTo(new Reserving.Reserved(today));
            assertThat(spent()).isEqualTo(three);
        }

        @Test
        void keepsTheFirstReservationWhenASecondIsRefused() {
            Claim claim = reserved("a", FIVE, NO_CAPS);
            assertThat(one.reserve(claim, new Amount(6, BigDecimal.ONE), new Caps(5L, null)))
                    .isEqualTo(new Reserving.Refused(today, Amount.NONE));
            assertThat(spent()).isEqualTo(FIVE);
            assertThat(one.release(claim)).isTrue();
            assertThat(spent()).isEqualTo(Amount.NONE);
        }

        @Test
        void isNotReservedByAClaimThatIsGone() {
            Claim claim = claimed(one, "a");
            one.release(claim);
            assertThat(one.reserve(claim, FIVE, NO_CAPS)).isEqualTo(new Reserving.Gone());
            assertThat(seconds()).isZero();
        }

        @Test
        void isNotReservedForWhatHasLeft() {
            Attempt attempt = sent("a");
            assertThat(one.reserve(attempt.claim(), new Amount(3, BigDecimal.ONE), NO_CAPS))
                    .isEqualTo(new Reserving.Gone());
            assertThat(spent()).isEqualTo(FIVE);
        }

        @Test
        void isSpentOnceMoreByEachAttemptThatMayBePaid() {
            one.unknown(sent("a"), SILENCE);
            Claim second = claimed(two, run("a"), 2);
            assertThat(two.reserve(second, FIVE, NO_CAPS)).isEqualTo(new Reserving.Reserved(today));
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
                    if (session.reserve(claim, FIVE, caps) instanceof Reserving.Reserved) {
                        granted.incrementAndGet();
                        assertThat(seconds()).isLessThanOrEqualTo(100);
                    }
                }
            });
            assertThat(granted).hasValue(14);
            assertThat(spent()).isEqualTo(new Amount(70, new BigDecimal("9.80")));
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
                    if (session.claim(run("key-" + i), HOLD) instanceof Claiming.Claimed claimed) {
                        assertThat(session.sent(claimed.claim(), null)).isPresent();
                        winners.incrementAndGet();
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
                reserve(one, "dead-" + i, i % 2);
            }
            one.close();
            var third = session();
            inParallel(6, caller -> {
                LedgerSession session = caller % 2 == 0 ? two : third;
                for (int i = 0; i < 10; i++) {
                    reserve(session, caller + "-" + i, i % 2);
                    session.recover();
                }
            });
            assertThat(two.spent("account 0", today).seconds()).isEqualTo(30 * 5);
            assertThat(two.spent("account 1", today).seconds()).isEqualTo(30 * 5);
        }

        private void reserve(LedgerSession session, String id, int account) {
            var run = new NewRun(id, "account " + account, "model", "k", "f", "a.mp4", 5, null, null);
            assertThat(session.reserve(claimed(session, run, HOLD), FIVE, NO_CAPS))
                    .isEqualTo(new Reserving.Reserved(today));
        }
    }

    public interface Caller {
        void call(int number) throws Exception;
    }

    public static void inParallel(int callers, Caller caller) throws Exception {
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
