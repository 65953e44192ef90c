package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.FenceContract;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends FenceContract {
    @TempDir
    private Path directory;

    @Override
    protected Ledger ledger() {
        return Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
    }
}
