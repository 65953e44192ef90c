package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables: made on first use, or beforehand by somebody who may. */
class SchemaTest {
    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private static String schema() throws Exception {
        try (InputStream in = Ledger.class.getResourceAsStream("schema.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** H2 fails where two make the same index at once. */
    @RepeatedTest(10)
    void isMadeInH2BySeveralNodesAtOnce() throws Exception {
        var pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60", "", "");
        Ledger ledger = Ledgers.jdbc(pool);
        LedgerContract.inParallel(8, node -> {
            try (LedgerSession session = ledger.open()) {
                assertThat(session.runs(null, 1, 0)).isEmpty();
            }
        });
        pool.dispose();
    }

    @Nested
    class OnPostgres {
        private final DataSource admin = Postgres.server().getPostgresDatabase();

        @BeforeEach
        void clean() throws SQLException {
            Postgres.dropTables(admin);
        }

        @RepeatedTest(10)
        void isMadeBySeveralNodesAtOnce() throws Exception {
            try (HikariDataSource pool = Postgres.pool()) {
                Ledger ledger = Ledgers.jdbc(pool);
                LedgerContract.inParallel(8, node -> {
                    try (LedgerSession session = ledger.open()) {
                        assertThat(session.runs(null, 1, 0)).isEmpty();
                    }
                });
            }
        }

        @Test
        void isEnoughWhenAnAdministratorHasMadeIt() throws Exception {
            try (Connection connection = admin.getConnection()) {
                run(connection, schema());
                run(connection, "drop role if exists hh1_user");
                run(connection, "create role hh1_user login");
                run(connection, "revoke create on schema public from public");
                run(
                        connection,
                        "grant select, insert, update, delete on hh1_schema, hh1_owner, hh1_run, hh1_budget, hh1_late to hh1_user");
            }
            DataSource user = Postgres.server().getDatabase("hh1_user", "postgres");
            try (LedgerSession session = Ledgers.jdbc(user).open()) {
                LedgerContract.sent(session, "a");
                assertThat(session.recover()).isEmpty();
            } finally {
                try (Connection connection = admin.getConnection()) {
                    run(connection, "drop owned by hh1_user");
                    run(connection, "drop role hh1_user");
                }
            }
        }

        @Test
        void isAskedForWhenItCannotBeMade() throws Exception {
            try (Connection connection = admin.getConnection()) {
                run(connection, "drop role if exists hh1_user");
                run(connection, "create role hh1_user login");
                run(connection, "revoke create on schema public from public");
            }
            DataSource user = Postgres.server().getDatabase("hh1_user", "postgres");
            try {
                assertThatThrownBy(() -> Ledgers.jdbc(user).open())
                        .isInstanceOf(LedgerException.class)
                        .hasMessageContaining("schema.sql");
            } finally {
                try (Connection connection = admin.getConnection()) {
                    run(connection, "drop role hh1_user");
                }
            }
        }
    }

    @Nested
    class OfANewerVersion {
        @TempDir
        private Path directory;

        @Test
        void isRefusedAndLeftAlone() throws Exception {
            String url = "jdbc:sqlite:" + directory.resolve("hh1.db");
            Ledgers.of(url).open().close();
            try (Connection connection = DriverManager.getConnection(url)) {
                run(connection, "insert into hh1_schema (version) values (7)");
            }
            assertThatThrownBy(() -> Ledgers.of(url).open())
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("version 7")
                    .hasMessageContaining("version 5")
                    .hasMessageContaining("a newer component has changed them")
                    .hasMessageContaining("Start the newer component in place of this one");
        }
    }
}
