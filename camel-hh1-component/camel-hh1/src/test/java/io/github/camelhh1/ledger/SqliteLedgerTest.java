package io.github.camelhh1.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends FenceContract {
    @TempDir
    private Path directory;

    @Override
    Ledger ledger() {
        return Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
    }
}
