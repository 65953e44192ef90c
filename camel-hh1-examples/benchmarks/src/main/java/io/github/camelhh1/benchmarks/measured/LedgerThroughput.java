package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.jvm.ChildJvm;
import io.github.camelhh1.benchmarks.jvm.ClientMain;
import io.github.camelhh1.benchmarks.jvm.Round;
import io.github.camelhh1.benchmarks.jvm.Route;
import io.github.camelhh1.benchmarks.jvm.ServiceMain;
import io.github.camelhh1.benchmarks.jvm.Target;
import io.github.camelhh1.benchmarks.report.Figures;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import io.github.camelhh1.benchmarks.report.Series;
import io.github.camelhh1.benchmarks.report.WorkDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Generations per second through the whole route when the service answers at once and every run is on disk first. */
public final class LedgerThroughput implements Benchmark {
    private static final double LEAST_PER_SECOND = 300;
    private static final int IN_FLIGHT = 64;
    private static final Duration PATIENCE = Duration.ofMillis(Round.PATIENCE_MILLIS + 60_000);

    @Override
    public Report run(Scale scale) throws IOException {
        var memory = new ArrayList<Double>();
        var sqlite = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        try (var directory = new WorkDirectory();
                ChildJvm service = ChildJvm.start(
                        "512m",
                        ServiceMain.class,
                        Figures.none().with("service", "simulator").with("delayMillis", 0))) {
            Target target = Target.of(service.listen(PATIENCE));
            try (ChildJvm inMemory = client(target, "memory");
                    ChildJvm onDisk = client(target, "jdbc:sqlite:" + directory.resolve("hh1.db"))) {
                for (int turn = 0; turn <= scale.repetitions(); turn++) {
                    double fast = perSecond(inMemory, service, scale);
                    double safe = perSecond(onDisk, service, scale);
                    if (turn > 0) {
                        memory.add(fast);
                        sqlite.add(safe);
                        ratios.add(safe / fast);
                    }
                }
            }
        }
        return report(scale, memory, sqlite, ratios);
    }

    private static ChildJvm client(Target target, String ledger) {
        var settings = target.figures()
                .with("route", Route.HH1)
                .with("inFlight", IN_FLIGHT)
                .with("ledger", ledger);
        ChildJvm client = ChildJvm.start("256m", ClientMain.class, settings);
        client.listen(PATIENCE);
        return client;
    }

    /** The simulator's charges are counted too: each run is paid once. */
    private static double perSecond(ChildJvm client, ChildJvm service, Scale scale) {
        int calls = scale.ledgerRuns();
        Figures figures = client.ask(new Round(calls, IN_FLIGHT, "", 0).figures(), PATIENCE);
        int charges = service.ask(Figures.none().with("next", 1), PATIENCE).count("charges");
        if (figures.count("completed") != calls || charges != calls) {
            throw new IllegalStateException(charges + " charges: " + figures.line());
        }
        return calls / figures.number("seconds");
    }

    private static Report report(Scale scale, List<Double> memory, List<Double> sqlite, List<Double> ratios) {
        double median = new Series(sqlite).median();
        return new Report(
                "Throughput with a ledger on disk",
                "Rounds of " + scale.ledgerRuns() + " calls, " + IN_FLIGHT + " at once, through hh1:generate to the"
                        + " simulator with no delay, which checks every request and counts every charge: one each. Once"
                        + " with the ledger in memory, once on SQLite (WAL, synchronous=FULL), each in a JVM of its own,"
                        + " taking turns: " + scale.repetitions() + " turns after one that does not count.",
                List.of("ledger", "generations/s", "to memory"),
                List.of(
                        List.of("memory", new Series(memory).text(0), "1.00"),
                        List.of("SQLite", new Series(sqlite).text(0), new Series(ratios).text(2))),
                List.of(new Goal(
                        "at least " + (int) LEAST_PER_SECOND + " generations/s with the ledger on SQLite",
                        median >= LEAST_PER_SECOND)));
    }
}
