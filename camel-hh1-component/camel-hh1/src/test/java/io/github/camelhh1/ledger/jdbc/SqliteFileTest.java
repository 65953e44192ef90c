package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file: private, and known again when it is taken away and put back. */
class SqliteFileTest {
    @TempDir
    private Path directory;

    private Path file;
    private LedgerSession session;

    @BeforeEach
    void open() {
        file = directory.resolve("hh1.db");
        session = Ledgers.of("jdbc:sqlite:" + file).open();
    }

    @AfterEach
    void close() {
        session.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    @Test
    void isReadableByItsOwnerOnlyAndSoIsAllBesideIt() throws IOException {
        LedgerContract.sent(session, "a");
        assertThat(files()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(each -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                .isIn("rw-------"));
    }

    @Test
    void leavesNothingBesideItWhenItIsClosed() throws IOException {
        LedgerContract.sent(session, "a");
        session.close();
        assertThat(files()).containsExactly(file);
    }

    @Test
    void isTheSameByWhateverNameItIsOpened() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link.db"), file);
        LedgerContract.sent(session, "a");

        try (LedgerSession other = Ledgers.of("jdbc:sqlite:" + link).open()) {
            assertThat(other.recover()).isEmpty();
            LedgerContract.refused(other.claim(LedgerContract.run("a"), 2), Claiming.Reason.IN_FLIGHT);
        }
        assertThat(session.find("a").orElseThrow().state()).isEqualTo(RunState.SENT);
    }

    @Test
    void isFoundMissingAndIsNotMadeAnew() throws IOException {
        Attempt attempt = LedgerContract.sent(session, "a");
        Files.delete(file);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> session.claim(LedgerContract.run("b"), 1))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("was deleted, moved or replaced while it was in use")
                    .hasMessageContaining(file.toString());
        }
        assertThatThrownBy(() -> session.unknown(attempt, Ending.of("x"))).isInstanceOf(LedgerException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void goesOnWhenItIsPutBack() throws IOException {
        Attempt attempt = LedgerContract.sent(session, "a");
        Path away = directory.resolve("away.db");
        Files.move(file, away);
        assertThatThrownBy(() -> session.find("a")).isInstanceOf(LedgerException.class);
        Files.move(away, file);
        assertThat(session.find("a").orElseThrow().state()).isEqualTo(RunState.SENT);
        assertThat(session.unknown(attempt, Ending.of("x"))).isEqualTo(Settled.DONE);
    }

    @Test
    void isNotTakenForAnotherThatReplacesIt() throws IOException {
        LedgerContract.sent(session, "a");
        Path other = directory.resolve("other.db");
        try (LedgerSession second = Ledgers.of("jdbc:sqlite:" + other).open()) {
            LedgerContract.sent(second, "b");
        }
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> session.find("a"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("replaced")
                .hasMessageContaining("-wal");
    }

    @Test
    void losesNothingWhenTheLogBesideItIsDeleted() throws IOException {
        LedgerContract.sent(session, "a");
        Files.delete(Path.of(file + "-wal"));
        LedgerContract.sent(session, "b");
        session.close();
        try (LedgerSession next = Ledgers.of("jdbc:sqlite:" + file).open()) {
            assertThat(next.find("a")).isPresent();
            assertThat(next.find("b")).isPresent();
        }
    }

    @Test
    void isClearedUpAfterTenThousandOpenRunsInAFewCommits() throws Exception {
        for (int i = 0; i < 200; i++) {
            LedgerContract.sent(session, "run-" + i);
        }
        // The other runs of the dead owner, as it would have left them.
        multiply(50);
        session.close();
        try (LedgerSession next = Ledgers.of("jdbc:sqlite:" + file).open()) {
            assertThat(next.recover()).hasSize(10_000);
            assertThat(commits()).isLessThan(100);
            assertThat(next.recover()).isEmpty();
        }
    }

    /** Of the log beside the file, which begins anew after some thousand pages; its format is SQLite's own. */
    private int commits() throws IOException {
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(Path.of(file + "-wal")));
        int frame = 24 + log.getInt(8);
        long salt = log.getLong(16);
        int commits = 0;
        for (int at = 32; at + frame <= log.limit() && log.getLong(at + 8) == salt; at += frame) {
            // The last frame of a commit says how long the file is afterwards.
            commits += log.getInt(at + 4) == 0 ? 0 : 1;
        }
        return commits;
    }

    private void multiply(int times) throws Exception {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            String columns =
                    "account, model, run_key, fingerprint, video_file_name, seconds, cost_micros, state, owner,"
                            + " claim_number, version, attempt, paid_attempts, created_at, sent_at";
            statement.execute("insert into hh1_run (run_id, " + columns + ") with recursive n(i) as (select 2 union all"
                    + " select i + 1 from n where i < " + times + ") select run_id || '-' || n.i, " + columns
                    + " from hh1_run, n");
        }
    }
}
