package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the option {@code ledger} may say, and what it is told when it may not. */
class LedgerNamesTest {
    @TempDir
    private Path directory;

    @Test
    void memoryIsNotDurable() {
        assertThat(Ledgers.of(" memory ").isDurable()).isFalse();
        assertThat(Ledgers.of("memory")).hasToString("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "sqlite:hh1.db", "#ledger"})
    void anythingElseIsNoLedger(String name) {
        assertThatThrownBy(() -> Ledgers.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("memory")
                .hasMessageContaining("jdbc:sqlite:hh1.db")
                .hasMessageContaining("DataSource");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example/hh1?user=hh1&password=canary",
                "jdbc:postgresql://db.example/hh1?PASSWORD=canary",
                "jdbc:h2:tcp://db.example/hh1;USER=sa;PASSWORD=canary",
                "jdbc:postgresql://hh1:canary@db.example/hh1",
                "jdbc:sqlserver://db.example;pwd=canary",
                "jdbc:postgresql://db.example/hh1?user=hh1&sslpassword=canary",
                "jdbc:oracle:thin:hh1/canary@db.example:1521/hh1"
            })
    void aPasswordBelongsIntoADataSource(String url) {
        assertThatThrownBy(() -> Ledgers.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password")
                .hasMessageContaining("DataSource")
                .message()
                .doesNotContain("canary");
    }

    @Test
    void nothingBehindTheQuestionMarkIsShown() {
        assertThat(Ledgers.of("jdbc:postgresql://db.example/hh1?user=canary"))
                .hasToString("jdbc:postgresql://db.example/hh1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file::memory:?cache=shared",
                "jdbc:sqlite::resource:hh1.db"
            })
    void aSqliteWithoutAFileIsRefused(String url) {
        assertThatThrownBy(() -> Ledgers.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ledger=memory")
                .hasMessageContaining("jdbc:sqlite:hh1.db");
    }

    @ParameterizedTest
    @CsvSource({"jdbc:oracle:thin:@db.example:1521/hh1,its driver", "jdbc:mariadb://db.example/hh1,its driver"})
    void aDriverThatIsNotThereIsNamed(String url, String dependency) {
        assertThatThrownBy(() -> Ledgers.of(url).open())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("no JDBC driver")
                .hasMessageContaining(dependency);
    }

    @Test
    void theUsualDriversAreNamedByTheirDependency() {
        assertThat(JdbcLedger.dependency("jdbc:sqlite:hh1.db")).isEqualTo("add the dependency org.xerial:sqlite-jdbc");
        assertThat(JdbcLedger.dependency("jdbc:postgresql:hh1"))
                .isEqualTo("add the dependency org.postgresql:postgresql");
        assertThat(JdbcLedger.dependency("jdbc:h2:./hh1")).isEqualTo("add the dependency com.h2database:h2");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path file = directory.resolve("missing").resolve("hh1.db");
        assertThatThrownBy(() -> Ledgers.of("jdbc:sqlite:" + file).open())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(file.getParent().toString())
                .hasMessageContaining("make it");
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedAndLeftAlone() throws IOException {
        Path file = directory.resolve("notes.txt");
        Files.writeString(file, "not a database, and long enough to be looked at: ".repeat(100));
        String before = Files.readString(file);
        assertThatThrownBy(() -> Ledgers.of("jdbc:sqlite:" + file).open())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining("not a database");
        assertThat(file).hasContent(before);
    }

    @Test
    void aServerThatIsNotThereIsSaidSoInTime() {
        assertThatThrownBy(() ->
                        Ledgers.of("jdbc:postgresql://127.0.0.1:1/hh1?user=hh1").open())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("see that the database runs");
    }

    @Test
    void aServerIsNamedByItsUrl() {
        String url = Postgres.server().getJdbcUrl("postgres", "postgres");
        try (LedgerSession session = Ledgers.of(url).open()) {
            assertThat(session.runs(null, 1, 0)).isNotNull();
            assertThat(session.lease()).hasSeconds(30);
        }
    }
}
