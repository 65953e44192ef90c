package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.jvm.Round;
import io.github.camelhh1.benchmarks.jvm.Route;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import io.github.camelhh1.benchmarks.report.Series;
import java.util.List;

/** The cost of many calls that the service holds at once, for seconds each. */
public final class InFlight implements Benchmark {
    private static final double MOST_SECONDS = 8;
    private static final int MOST_THREADS = 12;
    private static final double MOST_MEGABYTES = 128;

    @Override
    public Report run(Scale scale) {
        var runs = ColdRuns.of(new Round(scale.calls(), scale.calls(), "", 0), scale);
        return new Report(
                scale.calls() + " calls in flight",
                method(scale),
                ColdRuns.COLUMNS,
                runs.rows(),
                List.of(
                        new Goal("hh1: every call of every repetition completed", runs.allCompleted(Route.HH1)),
                        new Goal(
                                "hh1: under 8 s in all, in every repetition",
                                hh1(runs, "seconds").most() < MOST_SECONDS),
                        new Goal(
                                "hh1: all calls in flight at once, in every repetition",
                                hh1(runs, "peakInFlight").least() >= scale.calls()),
                        new Goal(
                                "hh1: at most 12 threads more than before, in every repetition",
                                hh1(runs, "extraThreads").most() <= MOST_THREADS),
                        new Goal(
                                "hh1: heap peak under 128 MB, garbage included, in every repetition",
                                ColdRuns.megabytes(hh1(runs, "heapPeakBytes")).most() < MOST_MEGABYTES)));
    }

    private static Series hh1(ColdRuns runs, String figure) {
        return runs.series(Route.HH1, figure);
    }

    private static String method(Scale scale) {
        return scale.calls() + " calls started at once by one thread, each answered by the simulator after "
                + scale.delay().toMillis() + " ms; limits set to " + scale.calls()
                + " in each route; -Xmx256m; " + scale.repetitions() + " repetitions, each in a fresh JVM, cold."
                + " Median and spread. Threads: the JVM's own peak count less the count before the Camel context was"
                + " made. Heap peak: sum of the peaks of the heap's pools, garbage included, from the JVM's start; it"
                + " says how lazy the collector may be as much as what is needed. Live heap: from one more run that"
                + " forces a full collection while the calls are held.";
    }
}
