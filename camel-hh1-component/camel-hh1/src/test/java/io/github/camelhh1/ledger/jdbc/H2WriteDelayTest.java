package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 sets what a URL holds anew with each connection, and the pool makes its others after the ledger has looked. */
class H2WriteDelayTest {
    @TempDir
    private Path directory;

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("hh1");
    }

    private String read(String query) {
        var plain = new JdbcDataSource();
        plain.setURL(url());
        try (Connection connection = plain.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aUrlThatDelaysWritesIsRefusedOrHasNoEffect() {
        LedgerSession session;
        try {
            session = Ledgers.of(url() + ";WRITE_DELAY=1000").open();
        } catch (LedgerException | IllegalArgumentException refused) {
            return;
        }
        try (session) {
            await("all connections of the pool, the lease's and this one")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Integer.parseInt(read("select count(*) from information_schema.sessions")) >= 6);
            assertThat(read("select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'"))
                    .as("milliseconds by which what is acknowledged may be written later")
                    .isEqualTo("0");
        }
    }
}
