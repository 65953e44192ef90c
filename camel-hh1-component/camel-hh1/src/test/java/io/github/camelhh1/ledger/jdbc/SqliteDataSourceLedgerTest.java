package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.FenceContract;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** By connections that the user makes; SQLite's own data source makes a new one each time. */
class SqliteDataSourceLedgerTest extends FenceContract {
    @TempDir
    private Path directory;

    @Override
    protected Ledger ledger() {
        var config = new SQLiteConfig();
        config.setBusyTimeout(5_000);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + directory.resolve("hh1.db"));
        return Ledgers.jdbc(source);
    }
}
