package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.jvm.ChildJvm;
import io.github.camelhh1.benchmarks.jvm.ColdStartMain;
import io.github.camelhh1.benchmarks.report.Figures;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import io.github.camelhh1.benchmarks.report.Series;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The time from the start of a JVM to a started route, with the component and without it. */
public final class ColdStart implements Benchmark {
    private static final double MOST_MILLIS = 150;
    private static final int LEAST_TURNS = 11;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** An application that has camel-core, camel-http, camel-jackson and the component has none of these. */
    private static final Pattern OPTIONAL = Pattern.compile(
            "(?i)simulator|sqlite|hikari|postgres|micrometer|hdrhistogram|latencyutils|vertx|netty|commons-compress|spring");

    @Override
    public Report run(Scale scale) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !OPTIONAL.matcher(new File(entry).getPath()).find())
                .collect(Collectors.joining(File.pathSeparator));
        int turns = scale.repetitions() == 1 ? 1 : LEAST_TURNS;
        var with = new ArrayList<Double>();
        var without = new ArrayList<Double>();
        var more = new ArrayList<Double>();
        for (int turn = 0; turn < turns; turn++) {
            boolean first = turn % 2 == 0;
            double one = start(classPath, first);
            double other = start(classPath, !first);
            with.add(first ? one : other);
            without.add(first ? other : one);
            more.add(with.get(turn) - without.get(turn));
        }
        double median = new Series(more).median();
        return new Report(
                "Cold start",
                "From the start of a JVM, -Xmx256m, to a started Camel context with one route, from direct: to http: and, in"
                        + " every other JVM, on to hh1:generate. The class path holds neither a database's driver nor a"
                        + " pool, simulator, Micrometer or Spring. " + turns
                        + " pairs, which begin by turns with the one or the other. Median and spread.",
                List.of("application", "ms"),
                List.of(
                        List.of("camel-core, camel-http, camel-jackson", new Series(without).text(0)),
                        List.of("the same with hh1:generate", new Series(with).text(0)),
                        List.of("more, pair by pair", new Series(more).text(0))),
                List.of(new Goal("at most " + (int) MOST_MILLIS + " ms more at the median", median <= MOST_MILLIS)));
    }

    /** Milliseconds. */
    private static double start(String classPath, boolean component) {
        long begin = System.nanoTime();
        try (var jvm =
                ChildJvm.start("256m", ColdStartMain.class, Figures.none().with("component", component), classPath)) {
            Figures started = jvm.listen(PATIENCE);
            if (!started.has("started")) {
                throw new IllegalStateException("the application did not start; see ColdStartMain.log");
            }
            return (System.nanoTime() - begin) / 1e6;
        }
    }
}
