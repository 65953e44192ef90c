package io.github.camelhh1.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Calls per second when the service answers at once: what the rooms cost. */
final class Throughput implements Benchmark {
    private static final List<Route> ROUTES = List.of(Route.HH1, Route.VERTX_HTTP);
    private static final Duration PATIENCE = Duration.ofMillis(Round.PATIENCE_MILLIS + 60_000);

    @Override
    public Report run(Scale scale) {
        var rows = new ArrayList<List<String>>();
        var goals = new ArrayList<Goal>();
        for (int concurrency : scale.concurrencies()) {
            Map<Route, Series> found = measure(scale, concurrency);
            Series ratios = ratios(found);
            double ratio =
                    found.get(Route.HH1).median() / found.get(Route.VERTX_HTTP).median();
            rows.add(List.of(
                    String.valueOf(concurrency),
                    found.get(Route.HH1).text(0),
                    found.get(Route.VERTX_HTTP).text(0),
                    new Series(List.of(ratio)).text(2),
                    ratios.text(2)));
            goals.add(new Goal(
                    "at " + concurrency + " in flight, hh1 makes at least as many calls per second", ratio >= 1));
        }
        return new Report(
                "Throughput",
                method(scale),
                List.of(
                        "in flight",
                        "hh1:generate, calls/s",
                        "camel-vertx-http, calls/s",
                        "ratio of medians",
                        "ratio of each pair"),
                rows,
                goals);
    }

    /** Both routes are warm and wait; they take turns, so that what disturbs the machine disturbs both. */
    private static Map<Route, Series> measure(Scale scale, int concurrency) {
        var service = ChildJvm.start("256m", ServiceMain.class, Figures.none().with("service", "bare"));
        var clients = new EnumMap<Route, ChildJvm>(Route.class);
        try {
            Target target = Target.of(service.listen(PATIENCE));
            for (Route route : ROUTES) {
                var settings = target.figures().with("route", route).with("inFlight", concurrency);
                clients.put(route, ChildJvm.start("256m", ClientMain.class, settings));
                clients.get(route).listen(PATIENCE);
            }
            var round = new Round(scale.roundCalls(), concurrency, "", 0);
            pairs(clients, round, scale.warmUps());
            return pairs(clients, round, pairs(scale));
        } finally {
            clients.values().forEach(ChildJvm::close);
            service.close();
        }
    }

    private static Map<Route, Series> pairs(Map<Route, ChildJvm> clients, Round round, int pairs) {
        var found = new EnumMap<Route, Series>(Route.class);
        ROUTES.forEach(route -> found.put(route, new Series(new ArrayList<>())));
        for (int i = 0; i < pairs; i++) {
            for (Route route : ROUTES) {
                Figures figures = clients.get(route).ask(round.figures(), PATIENCE);
                if (!figures.has("completed") || figures.count("completed") != round.calls()) {
                    throw new IllegalStateException(route + " lost calls: " + figures.line());
                }
                found.get(route).values().add(round.calls() / figures.number("seconds"));
            }
        }
        return found;
    }

    private static Series ratios(Map<Route, Series> found) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < found.get(Route.HH1).values().size(); i++) {
            ratios.add(found.get(Route.HH1).values().get(i)
                    / found.get(Route.VERTX_HTTP).values().get(i));
        }
        return new Series(ratios);
    }

    private static int pairs(Scale scale) {
        return 2 * scale.repetitions() - 1;
    }

    private static String method(Scale scale) {
        return "Rounds of " + scale.roundCalls() + " calls of the same POST, each call that ends starting the next."
                + " hh1 reads the message, keeps all its promises and reads the answer's JSON; the other route gets"
                + " the JSON ready-made and gives the answer's text. Each route in a JVM of its own, -Xmx256m, both"
                + " warm (" + scale.warmUps() + " rounds), taking turns: " + pairs(scale) + " pairs. Median and spread."
                + " The service is a bare server of one thread with a fixed answer over connections that stay open,"
                + " in a third JVM: the simulator checks every request, and would be what is measured.";
    }
}
