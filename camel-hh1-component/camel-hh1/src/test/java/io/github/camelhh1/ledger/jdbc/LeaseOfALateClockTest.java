package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database's clock was a day ahead for a moment, while an owner renewed its lease, and was set right. */
class LeaseOfALateClockTest {
    @TempDir
    private Path directory;

    @Test
    void aNodeThatDiesAWhileLaterDoesNotHoldItsRunsForADay() throws Exception {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + directory.resolve("hh1"));
        LedgerSession dying = Ledgers.jdbc(source, Duration.ofMillis(200)).open();
        LedgerContract.sent(dying, "a");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // What a renewal writes while the clock is a day ahead.
            statement.execute(
                    "update hh1_owner set renewed_at = renewed_at + 86400000, lease_until = lease_until + 86400000");
        }
        dying.renew();
        // It dies here: nothing renews its lease any more.

        try (LedgerSession other = Ledgers.jdbc(source, Duration.ofMillis(200)).open()) {
            await().atMost(LedgerContract.LIMIT).untilAsserted(() -> {
                other.recover();
                assertThat(other.find("a").orElseThrow().state()).isEqualTo(RunState.UNKNOWN);
            });
        }
    }
}
