package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.fence.RunRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** Who lives with a SQLite file, by whatever name each came to it. */
class SqliteOwnersTest {
    private final Path directory;
    private final Path file;

    SqliteOwnersTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("with space.db");
    }

    private static Ledger ledger(Object file) {
        return Ledgers.of("jdbc:sqlite:" + file);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void execute(Path file, String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    /** Neither takes the other for dead. */
    private static void live(LedgerSession one, LedgerSession two) {
        LedgerContract.sent(one, "of one");
        LedgerContract.sent(two, "of two");
        assertThat(two.recover()).isEmpty();
        assertThat(one.recover()).isEmpty();
        LedgerContract.refused(two.claim(LedgerContract.run("of one"), 9), Claiming.Reason.IN_FLIGHT);
        LedgerContract.refused(one.claim(LedgerContract.run("of two"), 9), Claiming.Reason.IN_FLIGHT);
    }

    @Nested
    class ByAnotherName {
        @Test
        void ofALinkToTheFile() throws IOException {
            Path link = directory.resolve("link.db");
            try (LedgerSession one = ledger(file).open()) {
                Files.createSymbolicLink(link, file);
                try (LedgerSession two = ledger(link).open()) {
                    live(one, two);
                }
            }
            assertThat(names()).containsExactly("link.db", "with space.db");
        }

        @ParameterizedTest
        @ValueSource(strings = {"file:", "file://", "file://localhost"})
        void ofAUri(String scheme) throws IOException {
            String uri = scheme + file.toString().replace(" ", "%20");
            try (LedgerSession one = ledger(uri).open();
                    LedgerSession two = ledger(file).open()) {
                live(one, two);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
            assertThat(names()).containsExactly("with space.db");
        }

        @Test
        void ofADataSource() throws IOException {
            var source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + directory + "/../" + directory.getFileName() + "/with space.db");
            try (LedgerSession one = ledger(file).open();
                    LedgerSession two = Ledgers.jdbc(source).open()) {
                live(one, two);
            }
            assertThat(names()).containsExactly("with space.db");
        }
    }

    @Nested
    class AnOwner {
        @Test
        void leavesNothingWhenItCannotBegin() throws Exception {
            ledger(file).open().close();
            execute(file, "create trigger full before insert on hh1_owner begin select raise(abort, 'no'); end");
            assertThatThrownBy(() -> ledger(file).open()).isInstanceOf(LedgerException.class);
            assertThat(names()).containsExactly("with space.db");
        }

        @Test
        void doesNothingAnyMoreOnceItIsClosed() throws IOException {
            LedgerSession session = ledger(file).open();
            Attempt attempt = LedgerContract.sent(session, "a");
            session.close();
            assertThatThrownBy(() -> session.unknown(attempt, Ending.of("late")))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("was closed");
            session.close();
            assertThat(names()).containsExactly("with space.db");
        }

        @Test
        void isToldWhenAnotherProcessHoldsTheFileForLong() throws SQLException {
            try (LedgerSession session = ledger(file).open();
                    Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                assertThatThrownBy(() -> LedgerContract.claimed(session, "a"))
                        .isInstanceOf(LedgerException.class)
                        .hasMessageContaining("another process holds the database");
                statement.execute("rollback");
                LedgerContract.claimed(session, "a");
            }
        }
    }

    @Nested
    class TheFile {
        @Test
        void isNotMadeBehindALinkToNothingWhereItWouldNotBePrivate() throws IOException {
            Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
            assertThatThrownBy(() -> ledger(link).open())
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining(link.toString());
            assertThat(names()).containsExactly("link.db");
        }

        @ParameterizedTest
        @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "fuse.sshfs", "fuse.glusterfs"})
        void isRefusedOnANetworkFileSystem(String type) {
            assertThatThrownBy(() -> SqliteDatabase.refuseNetwork(type, file))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("network file system (" + type + ")")
                    .hasMessageContaining("local disk")
                    .hasMessageContaining("PostgreSQL");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs", "apfs", "NTFS"})
        void isTakenOnALocalOne(String type) {
            assertThatCode(() -> SqliteDatabase.refuseNetwork(type, file)).doesNotThrowAnyException();
        }

        @Test
        void isMadeByManyAtOnce() throws Exception {
            LedgerContract.inParallel(8, caller -> {
                try (LedgerSession session = ledger(file).open()) {
                    LedgerContract.sent(session, "run-" + caller);
                }
            });
            try (LedgerSession session = ledger(file).open()) {
                assertThat(session.runs(null, 100, 0)).hasSize(8);
            }
        }

        /** One of some hundred openings met the moment at which SQLite refuses at once. */
        @Test
        void isOpenedByManyAtOnceHoweverOften() throws Exception {
            for (int round = 0; round < 150; round++) {
                Path made = directory.resolve(round + ".db");
                LedgerContract.inParallel(8, caller -> {
                    var database = new SqliteDatabase("jdbc:sqlite:" + made, made);
                    try {
                        assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
                    } finally {
                        database.close();
                    }
                });
            }
        }

        @Test
        void isSyncedAtEveryCommit() {
            var database = new SqliteDatabase("jdbc:sqlite:" + file, file);
            try {
                assertThat(pragma(database, "synchronous")).isEqualTo("2");
                assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            } finally {
                database.close();
            }
        }

        private static String pragma(Database database, String name) {
            return database.run(sql -> sql.select(row -> row.getString(1), "pragma " + name))
                    .get(0);
        }

        @Test
        void losesNoReservationToARecoveryThatLookedBefore() {
            var database = new SqliteDatabase("jdbc:sqlite:" + file, file);
            try (LedgerSession session = ledger(file).open()) {
                Claim claim = LedgerContract.claimed(session, "a");
                RunRow seen = new JdbcStore(database).find("a");
                var five = new Amount(5, new BigDecimal("0.70"));
                LocalDate day = ((Reserving.Reserved) session.reserve(claim, five, new Caps(null, null))).day();
                boolean undone = database.inTransaction(sql -> new RunStatements(sql).undo(seen, false));
                assertThat(undone).isFalse();
                assertThat(session.spent("account", day)).isEqualTo(five);
                assertThat(session.release(claim)).isTrue();
                assertThat(session.spent("account", day)).isEqualTo(Amount.NONE);
            } finally {
                database.close();
            }
        }
    }
}
