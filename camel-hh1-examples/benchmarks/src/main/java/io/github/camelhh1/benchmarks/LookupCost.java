package io.github.camelhh1.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The CPU time that look-ups add to a call. Both kinds of calls run in one JVM: it compiles the code that they share once,
 * and two JVMs with the same calls differ by more than look-ups cost.
 */
final class LookupCost implements Benchmark {
    private static final double MOST = 1.03;
    private static final int TURNS_PER_JVM = 9;

    @Override
    public Report run(Scale scale) {
        var with = new ArrayList<Double>();
        var without = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        var noise = new ArrayList<Double>();
        for (int i = 0; i < 2 * scale.repetitions(); i++) {
            List<Double> rounds = rounds(scale, i % 2 == 0);
            without.add(rounds.get(0));
            for (int on = 1; on < rounds.size(); on += 2) {
                double before = rounds.get(on - 1);
                double after = rounds.get(on + 1);
                with.add(rounds.get(on));
                without.add(after);
                ratios.add(2 * rounds.get(on) / (before + after));
                noise.add(after / before);
            }
        }
        double ratio = new Series(ratios).median();
        return new Report(
                "Cost of look-ups",
                method(scale),
                List.of("calls", "CPU time of the client per call, µs", "to the rounds without look-ups"),
                List.of(row(Route.HH1, with, ratios), row(Route.HH1_WITHOUT_LOOKUP, without, noise)),
                List.of(new Goal(
                        "look-ups cost at most 3 % CPU time per call: median of the turns' ratios "
                                + new Series(List.of(ratio)).text(3),
                        ratio <= MOST)));
    }

    private static List<String> row(Route route, List<Double> micros, List<Double> ratios) {
        return List.of(route.title(), new Series(micros).text(0), new Series(ratios).text(3));
    }

    /**
     * CPU time per call of rounds without and with look-ups by turns, those without first and last.
     *
     * @param first whether the context with look-ups starts first: the one that does is slower by some percent
     */
    private static List<Double> rounds(Scale scale, boolean first) {
        var service = ChildJvm.start("256m", ServiceMain.class, Figures.none().with("service", "bare"));
        try {
            Target target = Target.of(service.listen(Round.PATIENCE));
            int inFlight = scale.concurrencies().get(0);
            var settings = target.figures()
                    .with(
                            "route",
                            first
                                    ? Route.HH1 + "," + Route.HH1_WITHOUT_LOOKUP
                                    : Route.HH1_WITHOUT_LOOKUP + "," + Route.HH1)
                    .with("inFlight", inFlight);
            try (var client = ChildJvm.start("512m", ClientMain.class, settings)) {
                client.listen(Round.PATIENCE);
                var round = new Round(scale.roundCalls(), inFlight, "", 0);
                for (int i = 0; i < scale.warmUps() / 3 + 1; i++) {
                    micros(client, round, Route.HH1_WITHOUT_LOOKUP);
                    micros(client, round, Route.HH1);
                }
                var rounds = new ArrayList<Double>();
                for (int i = 0; i < TURNS_PER_JVM; i++) {
                    rounds.add(micros(client, round, Route.HH1_WITHOUT_LOOKUP));
                    rounds.add(micros(client, round, Route.HH1));
                }
                rounds.add(micros(client, round, Route.HH1_WITHOUT_LOOKUP));
                return rounds;
            }
        } finally {
            service.close();
        }
    }

    private static double micros(ChildJvm client, Round round, Route route) {
        return round.askedOf(client, route).number("cpuMicros");
    }

    private static String method(Scale scale) {
        return "As in Throughput, with " + scale.concurrencies().get(0)
                + " calls in flight, but for this: calls with and without look-ups run in one JVM, each in a Camel context"
                + " of its own, -Xmx512m, and take turns. " + 2 * scale.repetitions() + " JVMs, " + TURNS_PER_JVM
                + " turns each; in every other JVM the context with look-ups starts first. Median and spread. The ratio compares a round with look-ups with the mean of the rounds"
                + " before and after it. That of the last row compares these two with each other: it shows what the machine"
                + " does by itself.";
    }
}
