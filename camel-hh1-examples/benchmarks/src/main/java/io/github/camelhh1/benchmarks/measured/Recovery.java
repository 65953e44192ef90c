package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import io.github.camelhh1.benchmarks.report.Series;
import io.github.camelhh1.benchmarks.report.WorkDirectory;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The time that a start waits for the recovery of open runs of the owner before, with the ledger on SQLite. */
public final class Recovery implements Benchmark {
    private static final double MOST_SECONDS = 10;

    @Override
    public Report run(Scale scale) throws IOException {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < scale.repetitions(); i++) {
            seconds.add(seconds(scale.openRuns()));
        }
        var series = new Series(seconds);
        return new Report(
                "Recovery of open runs",
                "An owner is gone and left " + scale.openRuns()
                        + " runs that were sent; the next owner settles them when"
                        + " it starts. SQLite (WAL, synchronous=FULL) on the disk of the build directory; "
                        + scale.repetitions() + " repetitions, each with a file of its own. Median and spread.",
                List.of("open runs", "seconds"),
                List.of(List.of(String.valueOf(scale.openRuns()), series.text(2))),
                List.of(new Goal(
                        "under " + (int) MOST_SECONDS + " s, in every repetition", series.most() < MOST_SECONDS)));
    }

    private static double seconds(int runs) throws IOException {
        try (var directory = new WorkDirectory()) {
            String url = "jdbc:sqlite:" + directory.resolve("hh1.db");
            try (LedgerSession gone = Ledgers.of(url).open()) {
                new LedgerSteps(gone).leaveSent(runs);
            }
            try (LedgerSession next = Ledgers.of(url).open()) {
                long began = System.nanoTime();
                int held = next.recover().size();
                double seconds = (System.nanoTime() - began) / 1e9;
                if (held != runs) {
                    throw new IllegalStateException(held + " runs were settled, not " + runs);
                }
                return seconds;
            }
        }
    }
}
