package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For any steps in any order, a ledger in a database has the same answers and content as the ledger in memory. */
class SameAsInMemoryTest {
    private static final int STEPS = 100;

    @TempDir
    private Path directory;

    @Test
    void sqlite() {
        compare(Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")), 10);
    }

    @Test
    void h2() {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60");
        comparePooled(source, 30);
    }

    @Test
    void postgres() throws Exception {
        DataSource source = Postgres.server().getPostgresDatabase();
        Postgres.dropTables(source);
        comparePooled(source, 5);
    }

    private static void comparePooled(DataSource source, int seeds) {
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(2);
        try (var pool = new HikariDataSource(config)) {
            compare(Ledgers.jdbc(pool), seeds);
        }
    }

    private static void compare(Ledger ledger, int seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            try (var expected = new LedgerWalk(Ledgers.memory(), seed);
                    var walk = new LedgerWalk(ledger, seed)) {
                List<String> history = new ArrayList<>();
                for (int step = 0; step < STEPS; step++) {
                    String told = expected.step();
                    history.add(told.lines().findFirst().orElseThrow());
                    assertThat(walk.step())
                            .as("seed %d, step %d, after\n%s", seed, step, String.join("\n", history))
                            .isEqualTo(told);
                }
            }
        }
    }
}
