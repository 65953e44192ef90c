package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** A database whose answers do not come: whether a change took place is unknown then, and nothing may hang on it. */
class CutOffTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));
    private static final Ending SILENCE = Ending.of("silence");

    private final JdbcDataSource h2 = new JdbcDataSource();
    private CutSource source;
    private LedgerSession one;
    private LedgerSession two;

    @BeforeEach
    void open() {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60");
        source = new CutSource(h2);
        one = Ledgers.jdbc(source.dataSource()).open();
        two = Ledgers.jdbc(h2).open();
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

    private boolean lostAndMadeAgain(String call, Function<LedgerSession, Boolean> change) {
        source.loseAnswerOf(call);
        isCut(() -> change.apply(one));
        return change.apply(one);
    }

    @Nested
    class AChangeWhoseAnswerIsLost {
        @Test
        void isMadeOnceThoughItIsMadeAgain() {
            Claim claim = LedgerContract.claimed(one, "a");
            assertThat(lostAndMadeAgain("executeUpdate", ledger -> ledger.sent(claim)))
                    .isTrue();
            assertThat(found().paidAttempts()).isEqualTo(1);
            assertThat(lostAndMadeAgain("executeUpdate", ledger -> ledger.unsent(claim)))
                    .isTrue();
            assertThat(found().paidAttempts()).isZero();
            one.sent(claim);
            assertThat(lostAndMadeAgain("executeUpdate", ledger -> ledger.unknown(claim, SILENCE)))
                    .isTrue();
            var completion = new Completion("https://v.example/1", "Completed", null, Duration.ZERO, null, null, null);
            assertThat(lostAndMadeAgain("executeUpdate", ledger -> ledger.complete(claim, completion)))
                    .isTrue();
            assertThat(found().completion()).isEqualTo(completion);
        }

        @Test
        void takesAndGivesBackABudgetOnce() {
            Claim claim = LedgerContract.claimed(one, "a");
            assertThat(lostAndMadeAgain("commit", ledger -> ledger.reserve(claim, TODAY, FIVE, new Caps(5L, null))))
                    .isTrue();
            assertThat(two.spent("account", TODAY)).isEqualTo(FIVE);
            one.sent(claim);
            assertThat(lostAndMadeAgain("commit", ledger -> ledger.reject(claim, SILENCE, false)))
                    .isTrue();
            assertThat(two.spent("account", TODAY)).isEqualTo(Amount.NONE);
            assertThat(found().paidAttempts()).isZero();
        }

        @Test
        void mayHaveBeenTheLast() {
            Claim claim = LedgerContract.sent(one, "a");
            assertThat(lostAndMadeAgain("commit", ledger -> ledger.release(claim)))
                    .isFalse();
            assertThat(two.find("a")).isEmpty();
        }
    }

    @Nested
    class AClaimWhoseAnswerIsLost {
        @BeforeEach
        void lose() {
            source.loseAnswerOf("executeUpdate");
            isCut(() -> one.claim(LedgerContract.run("a"), 1));
            assertThat(two.claim(LedgerContract.run("a"), 1)).isInstanceOf(Claiming.InFlight.class);
        }

        @Test
        void isMadeAgainByItsOwner() {
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
            assertThat(one.sent(claim)).isTrue();
        }
    }

    @Test
    void aTransactionThatLostADeadlockIsMadeAgain() {
        Claim claim = LedgerContract.claimed(one, "a");
        one.spent("account", TODAY);
        assertThat(one.reserve(claim, TODAY.plusDays(1), FIVE, new Caps(null, null)))
                .isTrue();
        source.fail("commit", "40P01");
        assertThat(one.reserve(claim, TODAY.plusDays(1), FIVE, new Caps(5L, null)))
                .isTrue();
        assertThat(two.spent("account", TODAY.plusDays(1))).isEqualTo(FIVE);
        source.fail("commit", "40001");
        assertThat(one.release(claim)).isTrue();
        assertThat(two.spent("account", TODAY.plusDays(1))).isEqualTo(Amount.NONE);
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
            isCut(() -> session.sent(claim));
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
