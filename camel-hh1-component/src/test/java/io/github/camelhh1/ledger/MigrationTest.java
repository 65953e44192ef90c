package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Tables of version 1, with runs in them, become version 2 when they are first used. */
class MigrationTest {
    private static final String OLD_RUN = "insert into hh1_run (run_id, account, model, run_key, fingerprint,"
            + " video_file_name, state, owner, claim_number, paid_attempts, created_at, reason) values ('old', 'account',"
            + " 'model', 'key', 'print', 'a.mp4', 'UNKNOWN', 'nobody', 1, 1, 1, 'silence')";

    private abstract static class AnOldDatabase {
        abstract DataSource source() throws Exception;

        void make(DataSource source) throws Exception {
            for (String statement : script("schema-1.sql").split(";\\s*\\n")) {
                run(source, statement);
            }
            run(source, OLD_RUN);
        }

        @Test
        void keepsItsRunsAndRemembersWhatIsStagedFromNowOn() throws Exception {
            DataSource source = source();
            make(source);
            try (LedgerSession session = Ledgers.jdbc(source).open()) {
                assertThat(session.find("old")).hasValueSatisfying(run -> {
                    assertThat(run.state()).isEqualTo(RunState.UNKNOWN);
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

        @Test
        void isBroughtUpToDateByManyNodesAtOnce() throws Exception {
            DataSource source = source();
            make(source);
            LedgerContract.inParallel(4, node -> {
                try (LedgerSession session = Ledgers.jdbc(source).open()) {
                    assertThat(session.find("old")).isPresent();
                }
            });
        }
    }

    @Nested
    class InSqlite extends AnOldDatabase {
        @TempDir
        private Path directory;

        @Override
        DataSource source() {
            var source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + directory.resolve("hh1.db"));
            return source;
        }
    }

    @Nested
    class InH2 extends AnOldDatabase {
        @Override
        DataSource source() {
            var source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60;LOCK_TIMEOUT=200");
            return source;
        }
    }

    @Nested
    class InPostgres extends AnOldDatabase {
        @Override
        DataSource source() throws SQLException {
            DataSource admin = Postgres.server().getPostgresDatabase();
            Postgres.dropTables(admin);
            return admin;
        }

        @Test
        void isLeftAloneByAUserWhoMayNotAlterItAndIsTold() throws Exception {
            DataSource admin = source();
            make(admin);
            run(admin, "drop role if exists hh1_user");
            run(admin, "create role hh1_user login");
            run(
                    admin,
                    "grant select, insert, update, delete on hh1_schema, hh1_owner, hh1_run, hh1_budget to hh1_user");
            DataSource user = Postgres.server().getDatabase("hh1_user", "postgres");
            try {
                assertThatThrownBy(() -> Ledgers.jdbc(user).open())
                        .isInstanceOf(LedgerException.class)
                        .hasMessageContaining("version 1")
                        .hasMessageContaining("schema-2.sql");
                run(admin, script("schema-2.sql"));
                try (LedgerSession session = Ledgers.jdbc(user).open()) {
                    assertThat(session.find("old")).isPresent();
                }
            } finally {
                run(admin, "drop owned by hh1_user");
                run(admin, "drop role hh1_user");
            }
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
