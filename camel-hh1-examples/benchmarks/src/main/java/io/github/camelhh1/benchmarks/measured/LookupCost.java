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
import java.util.ArrayList;
import java.util.List;

/**
 * The CPU time that look-ups add to a call. Both kinds of calls run in one JVM: it compiles the code that they share once,
 * and two JVMs with the same calls differ by more than look-ups cost. Two Camel contexts of one JVM differ as well, by up to
 * a tenth, as long as they live: each round gets a new one.
 */
public final class LookupCost implements Benchmark {
    private static final double MOST = 1.03;
    private static final int TURNS_PER_JVM = 18;
    private static final int WARM_UPS = 3;

    private final List<Double> with = new ArrayList<>();
    private final List<Double> without = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> noise = new ArrayList<>();

    @Override
    public Report run(Scale scale) {
        for (int i = 0; i < jvms(scale); i++) {
            measureInAJvm(scale);
        }
        return new Report(
                "Cost of look-ups",
                method(scale),
                List.of("calls", "CPU time of the client per call, µs", "ratio of a turn"),
                List.of(row(Route.HH1, with, ratios), row(Route.HH1_WITHOUT_LOOKUP, without, noise)),
                List.of(new Goal(
                        "look-ups cost at most 3 % CPU time per call: median of the turns' ratios "
                                + new Series(List.of(new Series(ratios).median())).text(3),
                        new Series(ratios).median() <= MOST)));
    }

    private static int jvms(Scale scale) {
        return 2 * scale.repetitions();
    }

    private static List<String> row(Route route, List<Double> micros, List<Double> ratios) {
        return List.of(route.title(), new Series(micros).text(0), new Series(ratios).text(3));
    }

    private void measureInAJvm(Scale scale) {
        var service = ChildJvm.start("256m", ServiceMain.class, Figures.none().with("service", "bare"));
        try {
            int inFlight = scale.concurrencies().get(0);
            var settings = Target.of(service.listen(Round.PATIENCE))
                    .figures()
                    .with("route", Route.HH1 + "," + Route.HH1_WITHOUT_LOOKUP)
                    .with("fresh", true)
                    .with("inFlight", inFlight);
            try (var client = ChildJvm.start("512m", ClientMain.class, settings)) {
                client.listen(Round.PATIENCE);
                var warmUp = new Round(scale.roundCalls(), inFlight, "", 0);
                for (int i = 0; i < WARM_UPS; i++) {
                    micros(client, warmUp, Route.HH1_WITHOUT_LOOKUP);
                    micros(client, warmUp, Route.HH1);
                }
                measure(client, new Round(scale.roundCalls() / 2, inFlight, "", 0));
            }
        } finally {
            service.close();
        }
    }

    /** Turns of two rounds: with look-ups and without, then without and with. */
    private void measure(ChildJvm client, Round round) {
        double last = 0;
        for (int turn = 0; turn < TURNS_PER_JVM; turn++) {
            boolean withFirst = turn % 2 == 0;
            double one = micros(client, round, withFirst ? Route.HH1 : Route.HH1_WITHOUT_LOOKUP);
            double other = micros(client, round, withFirst ? Route.HH1_WITHOUT_LOOKUP : Route.HH1);
            with.add(withFirst ? one : other);
            without.add(withFirst ? other : one);
            ratios.add(withFirst ? one / other : other / one);
            if (turn > 0) {
                // The last round of the turn before was of the same kind.
                noise.add(one / last);
            }
            last = other;
        }
    }

    private static double micros(ChildJvm client, Round round, Route route) {
        return round.askedOf(client, route).number("cpuMicros");
    }

    private static String method(Scale scale) {
        return "As in Throughput, with " + scale.concurrencies().get(0)
                + " calls in flight, but for this: calls with and without look-ups run in one JVM, -Xmx512m, and each round"
                + " has a new Camel context. " + jvms(scale) + " JVMs. In each, after " + WARM_UPS + " rounds of "
                + scale.roundCalls() + " calls of each kind, " + TURNS_PER_JVM + " turns: a round of "
                + scale.roundCalls() / 2 + " calls with and one without look-ups, in either order by turns. Median and"
                + " spread of the rounds, and of the turns' ratios. The ratio of the last row compares rounds of the same"
                + " kind that follow one another: it shows what the machine does by itself.";
    }
}
