package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of very many runs, in a file on a slow disk. */
class LongListTest {
    /** The runs take seconds to count. */
    private static final String SLOW = "create view hh1_run as with recursive n(i) as"
            + " (select 1 union all select i + 1 from n where i < 20000000) select i, 'account' as account from n";

    @TempDir
    private Path directory;

    @Test
    void holdsNobodyBack() throws Exception {
        String url = "jdbc:sqlite:" + directory.resolve("hh1.db");
        try (LedgerSession session = Ledgers.of(url).open()) {
            LedgerContract.claimed(session, "a");
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("alter table hh1_run rename to runs");
                statement.execute(SLOW);
            }
            CompletableFuture<Long> counted =
                    CompletableFuture.supplyAsync(() -> session.count(new Run.Filter(null, "account", null, null)));
            await().until(LongListTest::isCounting);

            session.today();

            assertThat(isCounting()).as("the list goes on meanwhile").isTrue();
            assertThat(counted.join()).isEqualTo(20_000_000);
        }
    }

    @Test
    void isOfTheFileThatWasOpened() throws Exception {
        Path file = directory.resolve("hh1.db");
        Path away = directory.resolve("away.db");
        try (LedgerSession session = Ledgers.of("jdbc:sqlite:" + file).open()) {
            LedgerContract.claimed(session, "a");
            Files.move(file, away);
            assertThatThrownBy(() -> session.runs(null, 10, 0))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("was deleted, moved or replaced");
            assertThat(file).doesNotExist();
            Files.move(away, file);
            assertThat(session.runs(null, 10, 0)).hasSize(1);
        }
    }

    private static boolean isCounting() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals("org.sqlite.core.NativeDB")
                        && frame.getMethodName().equals("step"));
    }
}
