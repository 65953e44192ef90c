package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What is committed is on the disk, or the ledger is refused. */
class DurabilityTest {
    @TempDir
    private Path directory;

    private JdbcDataSource h2(String user, String settings) {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + directory.resolve("hh1") + settings);
        source.setUser(user);
        source.setPassword("");
        return source;
    }

    private static void run(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private static String writeDelay(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select setting_value from information_schema.settings where"
                        + " setting_name = 'WRITE_DELAY'")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void anH2FileWritesAtOnceFromItsFirstUse() throws SQLException {
        DataSource source = h2("sa", "");
        run(source, "set write_delay 500");
        Ledgers.jdbc(source).open().close();
        assertThat(writeDelay(source)).isEqualTo("0");
    }

    @Test
    void anH2FileThatWritesLaterIsRefusedToAUserWhoCannotChangeThat() throws Exception {
        DataSource admin = h2("sa", ";DB_CLOSE_DELAY=60");
        run(admin, "set write_delay 500", "create user hh1 password ''", "grant alter any schema to hh1");
        DataSource user = h2("hh1", "");
        assertThatThrownBy(() -> Ledgers.jdbc(user).open())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("500 ms later")
                .hasMessageContaining("SET WRITE_DELAY 0")
                .hasMessageContaining("nothing was written");
        assertThatThrownBy(() -> run(admin, "select 1 from hh1_schema")).isInstanceOf(SQLException.class);
        run(admin, "set write_delay 0");
        try (LedgerSession session = Ledgers.jdbc(user).open()) {
            LedgerContract.sent(session, "a");
        } finally {
            run(admin, "shutdown");
        }
    }

    @ParameterizedTest
    @CsvSource({"OFF, true", "NORMAL, true", "FULL, false"})
    void connectionsToASqliteFileThatDoNotWaitForTheDiskAreWarnedOf(SQLiteConfig.SynchronousMode mode, boolean late) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(mode);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + directory.resolve("hh1.db"));
        try (var log = CapturedLog.start()) {
            Ledgers.jdbc(source).open().close();
            assertThat(log.text().contains("paid twice")).isEqualTo(late);
        }
    }
}
