package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A node of version 4 was killed while a request of unknown outcome waited to be sent again. */
class ClaimedAtMigrationTest {
    @Test
    void theUnknownAttemptKeepsItsName() throws Exception {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60;LOCK_TIMEOUT=200");
        for (String script : new String[] {"schema-of-2.sql", "schema-3.sql", "schema-4.sql"}) {
            for (String statement : script(script).split(";\\s*\\n")) {
                run(source, statement);
            }
        }
        run(
                source,
                "insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name, state, before_state,"
                        + " owner, claim_number, version, attempt, paid_attempts, created_at, sent_at, settled_at, reason,"
                        + " causes, lookup_id) values ('run', 'account', 'model', 'key', 'print', 'a.mp4', 'CLAIMED',"
                        + " 'UNKNOWN', 'nobody', 2, 4, 1, 1, 1000, 1000, 2000, 'silence', 'attempt 1: silence', 'name-1')");

        try (LedgerSession session = Ledgers.jdbc(source).open()) {
            session.recover();

            assertThat(session.find("run")).hasValueSatisfying(run -> {
                assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
                assertThat(run.lookupId()).as("version 4 kept it").isEqualTo("name-1");
            });
        }
    }

    private static String script(String name) throws Exception {
        try (InputStream in = Ledger.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void run(DataSource source, String script) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }
}
