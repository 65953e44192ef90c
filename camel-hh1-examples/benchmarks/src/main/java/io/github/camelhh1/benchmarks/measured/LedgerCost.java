package io.github.camelhh1.benchmarks.measured;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import io.github.camelhh1.benchmarks.report.Series;
import io.github.camelhh1.benchmarks.report.WorkDirectory;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cost of the ledger for a generation, measured by itself: SQLite with one caller, PostgreSQL with many callers.
 */
public final class LedgerCost implements Benchmark {
    private static final double MOST_MILLIS = 5;
    private static final double LEAST_PER_SECOND = 1000;
    private static final int CALLERS = 16;

    @Override
    public Report run(Scale scale) throws IOException {
        var ours = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        sqlite(scale, ours, bare, ratios);
        List<Double> postgres = postgres(scale);
        double median = new Series(ours).median();
        double perSecond = new Series(postgres).median();
        return new Report(
                "Cost of the ledger",
                "Claimed, sent and completed, three committed writes, each run another. SQLite: one caller, WAL and"
                        + " synchronous=FULL, on the disk of the build directory; beside it three bare inserts by JDBC with"
                        + " the same settings, turn by turn, " + turns(scale) + " turns of " + scale.ledgerRuns()
                        + " runs, after one that does not count. PostgreSQL 17: a real server, fsync and"
                        + " synchronous_commit on, " + CALLERS + " callers through HikariCP. Median and spread of the"
                        + " turns' medians; the ratio compares turn by turn.",
                List.of("what", "ms a run, median", "runs/s", "to bare JDBC"),
                List.of(
                        List.of("SQLite, bare inserts", new Series(bare).text(2), "", "1.00"),
                        List.of("SQLite", new Series(ours).text(2), "", new Series(ratios).text(2)),
                        List.of("PostgreSQL, " + CALLERS + " callers", "", new Series(postgres).text(0), "")),
                List.of(
                        new Goal(
                                "claim, sent and settled on SQLite under " + MOST_MILLIS + " ms at the median",
                                median < MOST_MILLIS),
                        new Goal(
                                "PostgreSQL at least " + (int) LEAST_PER_SECOND + " runs/s with " + CALLERS
                                        + " callers",
                                perSecond >= LEAST_PER_SECOND)));
    }

    private static int turns(Scale scale) {
        return scale.repetitions();
    }

    private static void sqlite(Scale scale, List<Double> ours, List<Double> bare, List<Double> ratios)
            throws IOException {
        try (var directory = new WorkDirectory();
                LedgerSession session =
                        Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")).open();
                var inserts = new BareInserts(directory.resolve("bare.db"))) {
            var steps = new LedgerSteps(session);
            int runs = scale.ledgerRuns();
            for (int turn = 0; turn <= turns(scale); turn++) {
                double them = new Series(inserts.run(runs)).median();
                double us = new Series(steps.run(turn * runs, runs)).median();
                if (turn > 0) {
                    bare.add(them);
                    ours.add(us);
                    ratios.add(us / them);
                }
            }
        }
    }

    private static List<Double> postgres(Scale scale) throws IOException {
        var config = new HikariConfig();
        config.setMaximumPoolSize(CALLERS);
        var found = new ArrayList<Double>();
        try (var directory = new WorkDirectory();
                EmbeddedPostgres server = server(directory.resolve("pg"))) {
            config.setDataSource(server.getPostgresDatabase());
            try (var pool = new HikariDataSource(config);
                    LedgerSession session = Ledgers.jdbc(pool).open()) {
                int each = Math.max(1, scale.ledgerRuns() / CALLERS);
                new LedgerSteps(session).perSecond(CALLERS, each);
                for (int turn = 0; turn < turns(scale); turn++) {
                    found.add(new LedgerSteps(session).perSecond(CALLERS, each));
                }
            }
        }
        return found;
    }

    private static EmbeddedPostgres server(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }
}
