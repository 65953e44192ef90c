package io.github.camelhh1.crash;

import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The file or database of a ledger, which tests read between the lives of the processes that work with it. */
enum LedgerStorage {
    SQLITE("jdbc:sqlite:", 0, "hh1.db", "hh1.db-wal") {
        @Override
        DriverSettings orders(PhotoFolder folder, String baseUrl) {
            return DriverSettings.in(folder, baseUrl);
        }
    },

    H2("jdbc:h2:file:", 1_000, "hh1.mv.db") {
        @Override
        DriverSettings orders(PhotoFolder folder, String baseUrl) {
            return DriverSettings.in(folder, baseUrl)
                    .keptIn(prefix + folder.root().resolve("hh1"), leaseMillis);
        }
    },

    POSTGRESQL("", 1_000) {
        @Override
        DriverSettings orders(PhotoFolder folder, String baseUrl) {
            return DriverSettings.in(folder, baseUrl).keptIn(url() + "&ApplicationName=" + DRIVER, leaseMillis);
        }

        /** What the server had been told is done when the killed driver's sessions have ended. */
        @Override
        LedgerSnapshot left(PhotoFolder folder) {
            await("the sessions of the killed driver").atMost(ChildJvm.PATIENCE).until(() -> sessions() == 0);
            return read(url());
        }

        @Override
        void empty() {
            Postgres.freshUrl();
        }
    };

    private static final String DRIVER = "driver";

    final String prefix;
    /** 0 where death shows at once. */
    final long leaseMillis;

    private final List<String> files;

    LedgerStorage(String prefix, long leaseMillis, String... files) {
        this.prefix = prefix;
        this.leaseMillis = leaseMillis;
        this.files = List.of(files);
    }

    abstract DriverSettings orders(PhotoFolder folder, String baseUrl);

    /** For a test of its own. */
    void empty() {}

    /** When nobody works with it. Looks at a copy of files: the next to open them finds them as they were left. */
    LedgerSnapshot left(PhotoFolder folder) {
        try {
            Path copy = Files.createDirectories(folder.root().resolve("copy"));
            Files.deleteIfExists(copy.resolve("hh1.db-shm"));
            for (String file : files) {
                Files.deleteIfExists(copy.resolve(file));
                if (Files.exists(folder.root().resolve(file))) {
                    Files.copy(folder.root().resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return read(prefix + copy.resolve(files.get(0).replace(".mv.db", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LedgerSnapshot read(String url) {
        try (LedgerSession session = Ledgers.of(url).open()) {
            return LedgerSnapshot.of(session);
        }
    }

    private static String url() {
        return Postgres.server().getJdbcUrl("postgres", "postgres");
    }

    private static int sessions() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name = '" + DRIVER + "'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
