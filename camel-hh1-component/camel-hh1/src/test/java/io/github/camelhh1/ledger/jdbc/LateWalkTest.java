package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerWalk;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.fence.FencedSession;
import io.github.camelhh1.ledger.fence.Owners;
import io.github.camelhh1.ledger.fence.RunStore;
import io.github.camelhh1.ledger.memory.LateSteps;
import io.github.camelhh1.ledger.memory.LateStore;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two owners do whatever may be done, by statements that fail, come late or take effect twice: a ledger in a database
 * answers and holds what the one in memory does, which the simulation tests. {@code -Dhh1.walks=300} is the long form.
 */
class LateWalkTest {
    private static final int WALKS = Integer.getInteger("hh1.walks", 15);
    private static final int STEPS = 60;
    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    private Path directory;

    /** Sessions of a store, whose statements fare as the steps decide. */
    private record LateLedger(Supplier<RunStore> store, Supplier<Owners> owner, LateSteps steps) implements Ledger {
        @Override
        public LedgerSession open() {
            // Late statements need connections that outlive the session that gave them.
            RunStore late = new LateStore(store.get(), steps) {
                @Override
                public void close() {}

                /** In the same order whatever the store. */
                @Override
                public List<Claim> openOf(String owner) {
                    return super.openOf(owner).stream()
                            .sorted(Comparator.comparing(Claim::runId))
                            .toList();
                }
            };
            return new FencedSession(late, owner.get());
        }

        @Override
        public boolean isDurable() {
            return false;
        }
    }

    @Test
    void inSqlite() {
        Path file = directory.resolve("hh1.db");
        compare(() -> new SqliteDatabase("jdbc:sqlite:" + file, file));
    }

    @Test
    void inH2() {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        comparePooled(source);
    }

    @Test
    void inPostgres() throws SQLException {
        DataSource source = Postgres.server().getPostgresDatabase();
        Postgres.dropTables(source);
        comparePooled(source);
    }

    private static void comparePooled(DataSource source) {
        try (HikariDataSource pool = new OneConnection(source).dataSource()) {
            compare(() -> new PooledDatabase(pool, null));
        }
    }

    private static void compare(Supplier<Database> connect) {
        Database database = connect.get();
        try {
            Schema.ensure(database, null);
            for (long seed = 0; seed < WALKS; seed++) {
                walk(connect, seed);
                for (String table : List.of("hh1_run", "hh1_owner", "hh1_budget", "hh1_late")) {
                    database.run(sql -> sql.update("delete from " + table));
                }
            }
        } finally {
            database.close();
        }
    }

    private static void walk(Supplier<Database> connect, long seed) {
        Ledger memory = Ledgers.memory();
        var expected = new LateLedger(
                () -> MemoryLedgers.store(memory),
                () -> MemoryLedgers.owner(memory, UUID.randomUUID().toString()),
                new LateSteps(seed));
        var databases = new ArrayList<Database>();
        Supplier<Database> opened = () -> {
            databases.add(connect.get());
            return databases.get(databases.size() - 1);
        };
        var actual = new LateLedger(
                () -> new JdbcStore(opened.get()),
                () -> JdbcOwner.leased(
                        opened.get(), connect.get(), UUID.randomUUID().toString(), LONG),
                new LateSteps(seed));
        try (var model = new LedgerWalk(expected, seed);
                var walk = new LedgerWalk(actual, seed)) {
            var history = new ArrayList<String>();
            for (int step = 0; step < STEPS; step++) {
                expected.steps().next();
                actual.steps().next();
                String told = step(model);
                history.add(told.lines().findFirst().orElseThrow());
                assertThat(step(walk))
                        .as("seed %d, step %d, after\n%s", seed, step, String.join("\n", history))
                        .isEqualTo(told);
            }
        } finally {
            databases.forEach(Database::close);
        }
    }

    private static String step(LedgerWalk walk) {
        try {
            return walk.step();
        } catch (LedgerException e) {
            return e.getMessage() + "\n" + walk.held();
        }
    }
}
