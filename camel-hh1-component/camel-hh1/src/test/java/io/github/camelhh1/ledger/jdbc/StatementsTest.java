package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunStore;
import io.github.camelhh1.ledger.fence.RunTable;
import io.github.camelhh1.ledger.fence.RunTransitions;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each statement of a ledger in a database does what {@link RunTransitions} says, for every kind of row and command; and
 * so does the ledger in memory.
 */
class StatementsTest {
    private static final Amount IN_THE_BUDGET = new Amount(100, new BigDecimal("9"));
    /** A statement that looks through all rows takes the longer the more there are. */
    private static final int AT_ONCE = 100;

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    @TempDir
    private Path directory;

    private Database database;

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void ofSqlite() {
        Path file = directory.resolve("hh1.db");
        equalTransitions(new SqliteDatabase("jdbc:sqlite:" + file, file));
    }

    @Test
    void ofH2() {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        HikariDataSource pool = new OneConnection(source).dataSource();
        equalTransitions(new PooledDatabase(pool, pool));
    }

    @Test
    void ofPostgres() throws SQLException {
        DataSource source = Postgres.server().getPostgresDatabase();
        Postgres.dropTables(source);
        HikariDataSource pool = new OneConnection(source).dataSource();
        equalTransitions(new PooledDatabase(pool, pool));
    }

    @Test
    void ofTheLedgerInMemory() {
        equalTransitions(rows -> MemoryLedgers.holding(() -> NOW, RunTable.OWNER, rows, RunTable.DAY, IN_THE_BUDGET));
    }

    private void equalTransitions(Database opened) {
        database = opened;
        Schema.ensure(database, null);
        JdbcOwner.insert(database, RunTable.OWNER, Duration.ofDays(1));
        equalTransitions(rows -> {
            database.inTransaction(sql -> {
                for (String table : List.of("hh1_run", "hh1_budget", "hh1_late")) {
                    sql.update("delete from " + table);
                }
                for (RunRow row : rows) {
                    RowWriter.insert(sql, row);
                    RowWriter.budget(sql, row.run().asked().account(), RunTable.DAY, IN_THE_BUDGET);
                }
                return true;
            });
            return new JdbcStore(database);
        });
    }

    /** @param holding gives a store of these rows and no others */
    private static void equalTransitions(Function<List<RunRow>, RunStore> holding) {
        List<RunTable.Pair> pairs = RunTable.pairs();
        var wrong = new ArrayList<String>();
        freeing(RunTable.perhapsOfTheDead(pairs.size()), holding, wrong);
        int parts = pairs.size() / AT_ONCE;
        for (int part = 0; part < parts; part++) {
            changing(everyOf(pairs, part, parts), holding, wrong);
        }
        assertThat(wrong).as("%d pairs", pairs.size()).isEmpty();
    }

    /** Neighbours are alike, and stand in different parts. */
    private static List<RunTable.Pair> everyOf(List<RunTable.Pair> pairs, int part, int parts) {
        return IntStream.iterate(part, i -> i < pairs.size(), i -> i + parts)
                .mapToObj(pairs::get)
                .toList();
    }

    private static void freeing(List<RunRow> rows, Function<List<RunRow>, RunStore> holding, List<String> wrong) {
        RunStore store = holding.apply(rows);
        for (RunRow row : rows) {
            boolean free = row.isOpen() && row.run().owner().equals("dead");
            Command command = row.run().state() == RunState.SENT ? Command.Plain.ABANDON : Command.Plain.RELEASE;
            store.freeOfTheDead(List.of(row));
            compare(store, row, free ? RunTransitions.apply(row, command, NOW) : Optional.empty(), true, wrong);
        }
    }

    private static void changing(
            List<RunTable.Pair> pairs, Function<List<RunRow>, RunStore> holding, List<String> wrong) {
        RunStore store = holding.apply(pairs.stream().map(RunTable.Pair::row).toList());
        for (RunTable.Pair pair : pairs) {
            Command command = RunTable.of(pair);
            Optional<RunTransitions.Change> change = pair.fits() && RunTable.isAllowed(pair)
                    ? RunTransitions.apply(pair.row(), command, NOW)
                    : Optional.empty();
            boolean changed = store.change(pair.expected(), command);
            compare(store, pair.row(), change, changed == change.isPresent(), wrong);
        }
    }

    private static void compare(
            RunStore store, RunRow row, Optional<RunTransitions.Change> change, boolean answered, List<String> wrong) {
        String account = row.run().asked().account();
        String expected = told(
                change.isPresent() ? Optional.ofNullable(change.get().row()) : Optional.of(row),
                change.map(RunTransitions.Change::givenBack)
                        .map(back -> IN_THE_BUDGET.plus(back.amount().negate()))
                        .orElse(IN_THE_BUDGET));
        String actual = told(
                Optional.ofNullable(store.find(row.run().runId())),
                store.spending(account, RunTable.DAY).counted());
        if (!answered || !expected.equals(actual)) {
            wrong.add(row + "\n  rules:  " + expected + "\n  ledger: " + actual + (answered ? "" : " (wrong answer)"));
        }
    }

    /** Without the times, which each ledger takes from its own clock. */
    private static String told(Optional<RunRow> row, Amount budget) {
        return row.map(StatementsTest::told).orElse("no row") + " " + budget;
    }

    private static String told(RunRow row) {
        Run run = row.run();
        Completion completion = run.completion();
        boolean adopted = completion != null && completion.videoUrl().endsWith("found.mp4");
        return "%s %s %s version=%d attempt=%d paid=%d causes=%s sent=%s settled=%s %s %s task=%s %s before=%s reserved=%s"
                .concat(" handed=%s asked=%s by=%s until=%s name=%s look=%s")
                .formatted(
                        run.asked(),
                        run.state(),
                        row.claim(),
                        row.version(),
                        run.attempt(),
                        run.paidAttempts(),
                        run.causes().strip(),
                        run.sentAt() != null
                                        && row.before() != null
                                        && run.sentAt().equals(row.before().sentAt())
                                ? "before"
                                : run.sentAt() != null,
                        run.settledAt() != null,
                        run.ending(),
                        adopted ? completion.after(Duration.ZERO) : completion,
                        run.taskId(),
                        run.staged(),
                        row.before(),
                        row.reserved(),
                        row.marks().handedAt() == null
                                ? "no"
                                : Instant.EPOCH.equals(row.marks().handedAt()),
                        row.marks().askedAt() != null,
                        row.marks().emitOwner(),
                        row.marks().emitUntil() != null,
                        run.lookupId(),
                        row.marks().lookAt() != null);
    }
}
