package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Ledgers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that answers nothing any more, and does late what it was told. */
@Timeout(60)
class HungDatabaseTest {
    private final DataSource source = Postgres.server().getPostgresDatabase();
    private LedgerSession one;
    private LedgerSession two;
    private Connection blocking;

    @BeforeEach
    void block() throws SQLException {
        Postgres.dropTables(source);
        one = Ledgers.jdbc(source).open();
        two = Ledgers.jdbc(source).open();
        blocking = source.getConnection();
        blocking.setAutoCommit(false);
        try (Statement statement = blocking.createStatement()) {
            statement.execute("lock table hh1_run in access exclusive mode");
        }
    }

    @AfterEach
    void close() throws SQLException {
        blocking.close();
        one.close();
        two.close();
    }

    /** The lock is held until after the claim has failed: a claim that waited for the server would never end. */
    @Test
    void isNotWaitedForAndWhatItClaimedLateIsGivenUp() throws SQLException {
        assertThatThrownBy(() -> one.claim(LedgerContract.run("a"), 1))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("see that the database runs");

        blocking.rollback();
        await().atMost(LedgerContract.LIMIT).until(() -> two.find("a").isPresent());
        LedgerContract.refused(two.claim(LedgerContract.run("a"), 1), Claiming.Reason.IN_FLIGHT);
        one.recover();
        LedgerContract.claimed(two, "a");
    }
}
