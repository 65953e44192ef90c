package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger from before late results reached a route: its runs were settled, or given up, by people. */
class OldRunsTest {
    private static final int RUNS = 100_000;
    private static final Duration DAY = Duration.ofDays(1);

    /** Sent a moment ago by a process that is dead. */
    private static final String RUN = "insert into hh1_run (run_id, account, model, run_key, fingerprint,"
            + " video_file_name, state, owner, claim_number, paid_attempts, created_at, sent_at, settled_at, reason,"
            + " video_url, service_state, elapsed_millis) select 'run' || n, 'account', 'model', 'key' || n, 'f', 'a.mp4',"
            + " case when n < 4 then 'SENT' when n % 3 = 0 then 'UNKNOWN' else 'COMPLETED' end, 'nobody', 1, 1, n, :sent,"
            + " case when n < 4 then null else n end, case when n % 3 = 0 then 'silence' end,"
            + " case when n % 3 = 0 then null else 'https://v.example/' || n end,"
            + " case when n % 3 = 0 then null else 'Completed' end, 7 ";

    private static void fill(String url, String runs) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                InputStream script = Ledger.class.getResourceAsStream("schema-of-2.sql")) {
            for (String part : new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\\n")) {
                statement.execute(part);
            }
            statement.execute(RUN.replace(":sent", String.valueOf(System.currentTimeMillis())) + runs);
        }
    }

    private static void handsNothingOnAndLooksNothingUp(String url) {
        try (LedgerSession session = Ledgers.of(url).open()) {
            session.recover();
            assertThat(session.count(Run.Filter.of(RunState.UNKNOWN))).isEqualTo(RUNS / 3 + 2);
            assertThat(session.count(Run.Filter.of(null))).isEqualTo(RUNS);

            for (RunState state : new RunState[] {RunState.COMPLETED, RunState.UNKNOWN}) {
                assertThat(session.emit(new Emission.Filter(state, Duration.ZERO, null), 9))
                        .isEmpty();
            }
            assertThat(session.lookUp(LookupPlace.of("account", "default"), DAY, 9, age -> DAY))
                    .isEmpty();
        }
    }

    @Test
    void ofSqliteAreNeitherEmittedNorLookedUp(@TempDir Path directory) throws Exception {
        String url = "jdbc:sqlite:" + directory.resolve("hh1.db");
        fill(
                url,
                "from (with recursive all_n(n) as (select 1 union all select n + 1 from all_n where n < " + RUNS
                        + ") select n from all_n)");
        handsNothingOnAndLooksNothingUp(url);
    }

    @Test
    void ofPostgresAreNeitherEmittedNorLookedUp() throws Exception {
        String url = Postgres.freshUrl();
        fill(url, "from generate_series(1, " + RUNS + ") n");
        handsNothingOnAndLooksNothingUp(url);
    }
}
