package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database whose answers do not come: whether a change took place is unknown then, and nothing may hang on it. */
class CutOffTest {
    private static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));
    private static final Ending SILENCE = Ending.of("silence");

    private final JdbcDataSource h2 = new JdbcDataSource();
    private CutSource source;
    private LedgerSession one;
    private LedgerSession two;
    private LocalDate today;

    @BeforeEach
    void open() {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60");
        source = new CutSource(h2);
        one = Ledgers.jdbc(source.dataSource()).open();
        two = Ledgers.jdbc(h2).open();
        today = two.today();
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private Run found() {
        return two.find("a").orElseThrow();
    }

    private void isCut(Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cut")
                .hasMessageContaining("see that the database runs");
    }

    private <T> T lostAndMadeAgain(String call, Function<LedgerSession, T> change) {
        source.loseAnswerOf(call);
        isCut(() -> change.apply(one));
        return change.apply(one);
    }

    private void answersAgain(String call, Function<LedgerSession, Object> change, Object expected) {
        Object again = lostAndMadeAgain(call, change);
        assertThat(again).isEqualTo(expected);
    }

    @Nested
    class AChangeWhoseAnswerIsLost {
        @Test
        void isMadeOnceThoughItIsMadeAgain() {
            Claim claim = LedgerContract.claimed(one, "a");
            Attempt second = lostAndMadeAgain("executeUpdate", ledger -> ledger.sent(claim, null))
                    .orElseThrow();
            assertThat(second.number()).as("the first may have left").isEqualTo(2);
            assertThat(found().paidAttempts()).isEqualTo(1);
            answersAgain("executeUpdate", ledger -> ledger.unsent(second), true);
            assertThat(found().paidAttempts()).isZero();
            Attempt third = LedgerContract.sent(one, claim);
            answersAgain("executeUpdate", ledger -> ledger.unknown(third, SILENCE), Settled.DONE);
            var completion = new Completion("https://v.example/1", "Completed", null, Duration.ZERO, null, null, null);
            answersAgain("executeUpdate", ledger -> ledger.complete(third, completion), Settled.DONE);
            assertThat(found().completion()).isEqualTo(completion);
            assertThat(found().paidAttempts()).isEqualTo(1);
            assertThat(found().late()).isEmpty();
        }

        @Test
        void takesAndGivesBackABudgetOnce() {
            Claim claim = LedgerContract.claimed(one, "a");
            answersAgain(
                    "commit", ledger -> ledger.reserve(claim, FIVE, new Caps(5L, null)), new Reserving.Reserved(today));
            assertThat(two.spent("account", today)).isEqualTo(FIVE);
            Attempt attempt = LedgerContract.sent(one, claim);
            answersAgain("commit", ledger -> ledger.reject(attempt, SILENCE), Settled.DONE);
            assertThat(two.spent("account", today)).isEqualTo(Amount.NONE);
            assertThat(found().paidAttempts()).isZero();
        }

        @Test
        void mayHaveBeenTheLast() {
            Claim claim = LedgerContract.claimed(one, "a");
            one.reserve(claim, FIVE, new Caps(null, null));
            LedgerContract.sent(one, claim);
            answersAgain("commit", ledger -> ledger.release(claim), false);
            assertThat(two.find("a")).isEmpty();
            assertThat(two.spent("account", today)).isEqualTo(Amount.NONE);
        }
    }

    @Nested
    class AnOperatorWhoseAnswerIsLost {
        private static final String LINK = "https://v.example/found.mp4";

        @BeforeEach
        void hold() {
            one.unknown(LedgerContract.sent(one, "a"), SILENCE);
        }

        @Test
        void isToldThatItTookPlace() {
            source.loseAnswerOf("executeUpdate");
            assertThat(one.adopt("a", LINK)).isTrue();
            assertThat(found().completion().videoUrl()).isEqualTo(LINK);
            source.loseAnswerOf("executeUpdate");
            assertThat(one.forget("a")).isTrue();
            assertThat(found().state()).isEqualTo(RunState.FORGOTTEN);
        }

        @Test
        void hasItDoneWhereItHadNotTakenPlace() {
            source.fail("executeUpdate", "08006");
            assertThat(one.adopt("a", LINK)).isTrue();
            source.fail("executeUpdate", "08006");
            assertThat(one.forget("a")).isTrue();
            assertThat(found().state()).isEqualTo(RunState.FORGOTTEN);
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void isToldThatItMayHaveTakenPlaceWhereTheRunCannotBeRead(boolean adopt) {
            source.loseAnswerOf("executeUpdate");
            source.thenFail("executeQuery", "08006");
            assertThatThrownBy(() -> {
                        if (adopt) {
                            one.adopt("a", LINK);
                        } else {
                            one.forget("a");
                        }
                    })
                    .isInstanceOfSatisfying(LedgerException.class, e -> assertThat(e.isPerhapsDone())
                            .isTrue());
            assertThat(found().state()).isEqualTo(adopt ? RunState.COMPLETED : RunState.FORGOTTEN);
        }

        @Test
        void isToldPlainlyWhereNothingWasChanged() {
            source.fail("executeQuery", "08006");
            assertThatThrownBy(() -> one.forget("a"))
                    .isInstanceOfSatisfying(LedgerException.class, e -> assertThat(e.isPerhapsDone())
                            .isFalse());
            assertThat(found().state()).isEqualTo(RunState.UNKNOWN);
        }
    }

    @Nested
    class AClaimWhoseAnswerIsLost {
        @BeforeEach
        void lose() {
            source.loseAnswerOf("executeUpdate");
            isCut(() -> one.claim(LedgerContract.run("a"), 1));
            LedgerContract.refused(two.claim(LedgerContract.run("a"), 1), Claiming.Reason.IN_FLIGHT);
        }

        @Test
        void isFreedAndMadeAgainByItsOwner() {
            LedgerContract.claimed(one, "a");
        }

        @Test
        void isGivenUpForOthersWhenItsOwnerLooksNext() {
            one.recover();
            LedgerContract.claimed(two, "a");
        }

        @Test
        void doesNotGiveUpTheClaimAfterIt() {
            Claim claim = LedgerContract.claimed(one, "a");
            one.recover();
            assertThat(one.sent(claim, null)).isPresent();
        }
    }

    @Test
    void aTransactionThatLostADeadlockIsMadeAgain() {
        Claim claim = LedgerContract.claimed(one, "a");
        var reserved = new Reserving.Reserved(today);
        assertThat(one.reserve(claim, FIVE, new Caps(null, null))).isEqualTo(reserved);
        source.fail("commit", "40P01");
        assertThat(one.reserve(claim, FIVE, new Caps(5L, null))).isEqualTo(reserved);
        assertThat(two.spent("account", today)).isEqualTo(FIVE);
        source.fail("commit", "40001");
        assertThat(one.release(claim)).isTrue();
        assertThat(two.spent("account", today)).isEqualTo(Amount.NONE);
    }

    @Test
    void aTransactionOfWhichNobodyKnowsWhetherItTookPlaceIsNotMadeAgain() {
        Claim claim = LedgerContract.claimed(one, "a");
        one.reserve(claim, FIVE, new Caps(null, null));
        source.fail("commit", "40003");
        assertThatThrownBy(() -> one.release(claim))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cut");
    }

    @Nested
    class AConnection {
        private CutSource strict;
        private LedgerSession session;

        @BeforeEach
        void borrow() {
            strict = new CutSource(h2);
            strict.handOutStrict();
            session = Ledgers.jdbc(strict.dataSource()).open();
        }

        @AfterEach
        void giveBack() {
            session.close();
        }

        @Test
        void isGivenBackAsItWasWhateverCameOfTheWork() {
            Claim claim = LedgerContract.claimed(session, "a");
            strict.fail("executeUpdate", "08006");
            isCut(() -> session.sent(claim, null));
            strict.fail("executeUpdate", "08006");
            isCut(() -> session.release(claim));
            session.release(claim);
            assertThat(strict.givenBack())
                    .hasSizeGreaterThan(5)
                    .containsOnly("false " + Connection.TRANSACTION_SERIALIZABLE);
        }
    }

    @Test
    void anotherDatabaseIsRefusedBeforeAnythingIsWritten() {
        source.sayItIs("MySQL");
        assertThatThrownBy(() -> Ledgers.jdbc(source.dataSource()).open())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("PostgreSQL, H2 or SQLite")
                .hasMessageContaining("mysql");
    }
}
