package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.jvm.Round;
import io.github.camelhh1.benchmarks.jvm.Route;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import io.github.camelhh1.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.List;

/** Many tasks at once, each asked for every two seconds: no connection and no thread waits for one. */
public final class Tasks implements Benchmark {
    private static final int MOST_THREADS = 14;
    /** The largest heap that the route may have. */
    private static final String HEAP = "400m";
    /** A busy machine creates so many in a second: all are there before the first ends. */
    private static final int CREATES_PER_SECOND = 500;

    @Override
    public Report run(Scale scale) {
        var rows = new ArrayList<List<String>>();
        var goals = new ArrayList<Goal>();
        for (int tasks : scale.tasks()) {
            Scale longer = scale.delay(scale.delay().plusSeconds(tasks / CREATES_PER_SECOND));
            var runs = ColdRuns.of(HEAP, new Round(tasks, tasks, "", 0), longer, List.of(Route.HH1_TASKS));
            rows.addAll(runs.rows());
            goals.addAll(goals(tasks, runs));
        }
        return new Report(
                "Tasks at once",
                "Tasks of backend=modelstudio, created as fast as the simulator answers, which shows each as ended after"
                        + " 5 s and 2 s more for each 1,000; maxTasks raised to their number, the limits for each second to"
                        + " 100,000, pollInterval 2 s; -Xmx" + HEAP + "; " + scale.repetitions()
                        + " repetitions, each in a fresh JVM, cold. Threads and heap as above.",
                ColdRuns.COLUMNS,
                rows,
                goals);
    }

    private static List<Goal> goals(int tasks, ColdRuns runs) {
        return List.of(
                new Goal(
                        tasks + " tasks: all completed in a heap of " + HEAP + ", in every repetition",
                        runs.allCompleted(Route.HH1_TASKS)),
                new Goal(
                        tasks + " tasks: all at once, in every repetition",
                        figure(runs, "peakInFlight").least() >= tasks),
                new Goal(
                        tasks + " tasks: at most " + MOST_THREADS + " threads more than before, in every repetition",
                        figure(runs, "extraThreads").most() <= MOST_THREADS));
    }

    private static Series figure(ColdRuns runs, String name) {
        return runs.series(Route.HH1_TASKS, name);
    }
}
