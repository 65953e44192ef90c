package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A ledger that has been at work for long has more rows than PostgreSQL changes while a statement is waited for. */
class LongMigrationTest {
    /** {@code -Dhh1.migration.runs=1000000} is the long form. */
    private static final int RUNS = Integer.getInteger("hh1.migration.runs", 25_000);

    @Test
    void tablesWithManyRunsAreBroughtUpToDate() throws Exception {
        String url = Postgres.freshUrl();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                InputStream script = Ledger.class.getResourceAsStream("schema-of-2.sql")) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute(
                    "insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name, state,"
                            + " owner, claim_number, paid_attempts, created_at, settled_at, video_url, service_state,"
                            + " elapsed_millis) select 'run' || n, 'account', 'model', 'key' || n, repeat('f', 64), 'a.mp4',"
                            + " 'COMPLETED', 'nobody', 1, 1, n, n, 'https://v.example/' || n || repeat('s', 300), 'Completed', 7"
                            + " from generate_series(1, " + RUNS + ") n");
        }

        try (LedgerSession session = Ledgers.of(url).open()) {
            assertThat(session.find("run7")).isPresent();
            assertThat(session.find("run" + RUNS)).isPresent();
        }
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet left = statement.executeQuery(
                        "select count(*) from hh1_run where version <> 1 or handed_at is null or attempt <> 1")) {
            left.next();
            assertThat(left.getInt(1))
                    .as("runs that are not brought up to date")
                    .isZero();
        }
    }
}
