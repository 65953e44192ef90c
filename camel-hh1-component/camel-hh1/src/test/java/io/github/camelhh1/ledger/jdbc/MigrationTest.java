package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.RunState;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** Tables of an older version, with runs in them, become version 5 when they are first used. */
class MigrationTest {
    private static final String COLUMNS = "insert into hh1_run (run_id, account, model, run_key, fingerprint,"
            + " video_file_name, state, owner, claim_number, paid_attempts, created_at, settled_at, reason, video_url,"
            + " service_state, elapsed_millis, reserved_day, reserved_seconds, reserved_micros) values ";
    private static final String NOBODY = "'nobody', 1, 1, 1000";

    private static String row(String id, String state, String settled) {
        return COLUMNS + "('" + id + "', 'account', 'model', 'key', 'print', 'a.mp4', '" + state + "', " + NOBODY + ", "
                + settled + ", null, null, null)";
    }

    private static final String UNKNOWN = row("old", "UNKNOWN", "2000, 'silence', null, null, null");
    private static final String COMPLETED =
            row("made", "COMPLETED", "3000, null, 'https://v.example/1.mp4?Signature=s', 'Completed', 7");
    private static final String SENT = row("sent", "SENT", "null, null, null, null, null");

    private abstract static class AnOldDatabase {
        abstract DataSource source() throws Exception;

        private int old;

        DataSource made(int version) throws Exception {
            old = version;
            DataSource source = source();
            for (String statement :
                    script(version == 1 ? "schema-1.sql" : "schema-of-2.sql").split(";\\s*\\n")) {
                run(source, statement);
            }
            run(source, UNKNOWN);
            run(source, COMPLETED);
            run(source, SENT);
            for (int next = 3; next <= version; next++) {
                for (String statement : script("schema-" + next + ".sql").split(";\\s*\\n")) {
                    if (knows(statement)) {
                        run(source, statement);
                    }
                }
            }
            return source;
        }

        boolean knows(String statement) {
            return true;
        }

        /** A component of that version is at work. */
        void begin(DataSource source) throws Exception {
            beginUntil(source, 99999999999999L);
        }

        void beginUntil(DataSource source, long lease) throws Exception {
            run(
                    source,
                    "insert into hh1_owner (owner, lease_until, renewed_at" + (old < 3 ? "" : ", format")
                            + ") values ('elder', " + lease + ", 1" + (old < 3 ? ")" : ", " + old + ")"));
        }

        void end(DataSource source) throws Exception {
            run(source, "delete from hh1_owner where owner = 'elder'");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void keepsItsRunsAndRemembersWhatIsStagedFromNowOn(int version) throws Exception {
            DataSource source = made(version);
            try (LedgerSession session = Ledgers.jdbc(source).open()) {
                assertThat(session.find("old")).hasValueSatisfying(run -> {
                    assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
                    assertThat(run.reason()).isEqualTo("silence");
                    assertThat(run.staged()).isEmpty();
                });
                Claim claim = LedgerContract.claimed(session, LedgerContract.run("new"), 1);
                session.sent(claim, "file:one.png");
                assertThat(session.find("new").orElseThrow().staged()).containsExactly("file:one.png");
            }
            try (LedgerSession again = Ledgers.jdbc(source).open()) {
                assertThat(again.find("new").orElseThrow().staged()).containsExactly("file:one.png");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void takesItsRunsForHandedOnAndCountsTheirAttempts(int version) throws Exception {
            DataSource source = made(version);
            Ledgers.jdbc(source).open().close();
            assertThat(select(source, "select run_id, handed_at, version, attempt from hh1_run order by run_id"))
                    .containsExactly("made 3000 1 1", "old 2000 1 1", "sent 1000 1 1");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void emitsNoneOfItsRuns(int version) throws Exception {
            try (LedgerSession session = Ledgers.jdbc(made(version)).open()) {
                assertThat(session.recover()).hasSize(1);
                assertThat(session.runs(RunState.UNKNOWN, 9, 0)).hasSize(2);
                for (RunState state : new RunState[] {RunState.COMPLETED, RunState.UNKNOWN}) {
                    assertThat(session.emit(new Emission.Filter(state, Duration.ZERO, null), 9))
                            .isEmpty();
                }
                assertThat(session.prune(Duration.ofDays(1), 9))
                        .as("the completed one")
                        .isEqualTo(1);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void goesOnWithItsRuns(int version) throws Exception {
            try (LedgerSession session = Ledgers.jdbc(made(version)).open()) {
                assertThat(session.recover()).singleElement().satisfies(run -> assertThat(run.runId())
                        .isEqualTo("sent"));
                assertThat(session.adopt("sent", "https://v.example/2.mp4")).isTrue();
                var asked = new NewRun("old", "account", "model", "key", "print", "a.mp4", null, null, null);
                Attempt second = LedgerContract.sent(session, LedgerContract.claimed(session, asked, 2));
                assertThat(second.number()).isEqualTo(2);
                assertThat(session.failed(second, Ending.of("no"))).isEqualTo(Settled.DONE);
                assertThat(session.find("old").orElseThrow().paidAttempts()).isEqualTo(2);
                assertThat(session.forget("made")).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void isBroughtUpToDateByManyNodesAtOnce(int version) throws Exception {
            DataSource source = made(version);
            LedgerContract.inParallel(4, node -> {
                try (LedgerSession session = Ledgers.jdbc(source).open()) {
                    assertThat(session.find("old")).isPresent();
                }
            });
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void isLeftAloneWhileAnOlderComponentIsAtWork(int version) throws Exception {
            DataSource source = made(version);
            begin(source);
            try {
                assertThatThrownBy(() -> Ledgers.jdbc(source).open())
                        .isInstanceOf(LedgerException.class)
                        .hasMessageContaining("tables are of version " + version)
                        .hasMessageContaining("1 component(s) of an older version are at work")
                        .hasMessageContaining("first stop them all, then start this one")
                        .hasMessageContaining("Nothing was changed");
                assertThat(select(source, "select max(version) from hh1_schema"))
                        .containsExactly(String.valueOf(version));
                assertThatThrownBy(() -> select(source, "select before_lookup_id from hh1_run"))
                        .isInstanceOf(SQLException.class);
            } finally {
                end(source);
            }
            try (LedgerSession session = Ledgers.jdbc(source).open()) {
                assertThat(session.find("old")).isPresent();
            }
        }

        /** It was claimed to be sent again, and its node was killed before that. */
        @Test
        void givesAClaimedRunTheNameOfItsUnknownAttemptBack() throws Exception {
            DataSource source = made(4);
            run(
                    source,
                    "insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name, state,"
                            + " before_state, owner, claim_number, version, attempt, paid_attempts, created_at, sent_at,"
                            + " settled_at, reason, causes, lookup_id) values ('again', 'account', 'model', 'key', 'print',"
                            + " 'a.mp4', 'CLAIMED', 'UNKNOWN', 'nobody', 2, 4, 1, 1, 1000, 1000, 2000, 'silence',"
                            + " 'attempt 1: silence', 'name-1')");
            try (LedgerSession session = Ledgers.jdbc(source).open()) {
                session.recover();

                assertThat(session.find("again")).hasValueSatisfying(run -> {
                    assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
                    assertThat(run.lookupId()).as("version 4 kept it").isEqualTo("name-1");
                });
            }
        }
    }

    private abstract static class OfAServer extends AnOldDatabase {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void takesNothingFromAnOlderComponentAfterwards(int version) throws Exception {
            DataSource source = made(version);
            Ledgers.jdbc(source).open().close();
            assertThatThrownBy(() -> begin(source)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> run(source, row("late", "CLAIMED", "null, null, null, null, null")))
                    .isInstanceOf(SQLException.class);
            assertThat(select(source, "select run_id from hh1_run where run_id = 'late'"))
                    .isEmpty();
        }

        /** It may only have been paused: it finds itself buried then, and no new owner of it can begin. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void doesNotWaitForAnOlderComponentWhoseLeaseRanOut(int version) throws Exception {
            DataSource source = made(version);
            beginUntil(source, 1);
            try (LedgerSession session = Ledgers.jdbc(source).open()) {
                assertThat(session.find("old")).isPresent();
                assertThat(select(source, "select owner from hh1_owner")).containsExactly(session.owner());
            }
        }
    }

    @Nested
    class InSqlite extends AnOldDatabase {
        @TempDir
        private Path directory;

        private LifeLock life;

        @Override
        boolean knows(String statement) {
            return !statement.endsWith("drop default") && !statement.contains("add constraint");
        }

        @Override
        DataSource source() {
            var source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + directory.resolve("hh1.db"));
            return source;
        }

        @Override
        void begin(DataSource source) throws Exception {
            super.begin(source);
            life = LifeLock.take(directory.toRealPath().resolve("hh1.db.elder.lock"));
        }

        /** It is killed: its row stays. */
        @Override
        void end(DataSource source) {
            life.close();
        }
    }

    @Nested
    class InH2 extends OfAServer {
        @Override
        DataSource source() {
            var source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60;LOCK_TIMEOUT=200");
            return source;
        }
    }

    @Nested
    class InPostgres extends OfAServer {
        private final HikariDataSource pool = Postgres.pool();

        @AfterEach
        void close() {
            pool.close();
        }

        @Override
        DataSource source() throws SQLException {
            Postgres.dropTables(pool);
            return pool;
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void isLeftAloneByAUserWhoMayNotAlterItAndIsTold(int version) throws Exception {
            DataSource admin = made(version);
            run(admin, "drop role if exists hh1_user");
            run(admin, "create role hh1_user login");
            grant(admin, "hh1_schema, hh1_owner, hh1_run, hh1_budget");
            DataSource user = Postgres.server().getDatabase("hh1_user", "postgres");
            try {
                assertThatThrownBy(() -> Ledgers.jdbc(user).open())
                        .isInstanceOf(LedgerException.class)
                        .hasMessageContaining("version " + version)
                        .hasMessageContaining(
                                version < 3 ? "schema-3.sql and schema-4.sql and schema-5.sql" : "schema-5.sql");
                for (int next = version + 1; next <= 5; next++) {
                    run(admin, script("schema-" + next + ".sql"));
                }
                grant(admin, "hh1_late");
                try (LedgerSession session = Ledgers.jdbc(user).open()) {
                    assertThat(session.find("old")).isPresent();
                }
            } finally {
                run(admin, "drop owned by hh1_user");
                run(admin, "drop role hh1_user");
            }
        }

        private void grant(DataSource admin, String tables) throws SQLException {
            run(admin, "grant select, insert, update, delete on " + tables + " to hh1_user");
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

    /** Each row on a line. */
    private static List<String> select(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                var line = new ArrayList<String>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    line.add(rows.getString(column));
                }
                lines.add(String.join(" ", line));
            }
            return lines;
        }
    }
}
