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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The cost of the rooms: calls per second when the service answers at once. */
public final class Throughput implements Benchmark {
    private static final List<Route> OTHERS = List.of(Route.VERTX_HTTP, Route.VERTX_HTTP_JSON);
    private static final List<Route> ROUTES = List.of(Route.HH1, Route.VERTX_HTTP, Route.VERTX_HTTP_JSON);

    @Override
    public Report run(Scale scale) {
        var rows = new ArrayList<List<String>>();
        var goals = new ArrayList<Goal>();
        for (int inFlight : scale.concurrencies()) {
            Map<Route, List<Figures>> found = measure(scale, inFlight);
            for (Route route : ROUTES) {
                rows.add(List.of(
                        String.valueOf(inFlight),
                        route.title(),
                        series(found, route, "callsPerSecond").text(0),
                        series(found, route, "cpuMicros").text(0),
                        ratios(found, route).text(2)));
            }
            for (Route other : OTHERS) {
                goals.add(goal(found, other, inFlight));
            }
        }
        return new Report("Throughput", method(scale), columns(), rows, goals);
    }

    private static Goal goal(Map<Route, List<Figures>> found, Route other, int inFlight) {
        double ratio = series(found, Route.HH1, "callsPerSecond").median()
                / series(found, other, "callsPerSecond").median();
        String text = "at " + inFlight + " in flight, hh1 makes at least as many calls per second as " + other.title();
        return new Goal(text + ": ratio of medians " + new Series(List.of(ratio)).text(2), ratio >= 1);
    }

    /** The routes are warm and wait. They take turns, so that other work of the machine affects all of them. */
    private static Map<Route, List<Figures>> measure(Scale scale, int inFlight) {
        var service = ChildJvm.start("256m", ServiceMain.class, Figures.none().with("service", "bare"));
        var clients = new EnumMap<Route, ChildJvm>(Route.class);
        try {
            Target target = Target.of(service.listen(Round.PATIENCE));
            for (Route route : ROUTES) {
                var settings = target.figures().with("route", route).with("inFlight", inFlight);
                clients.put(route, ChildJvm.start("256m", ClientMain.class, settings));
                clients.get(route).listen(Round.PATIENCE);
            }
            var round = new Round(scale.roundCalls(), inFlight, "", 0);
            turns(clients, round, scale.warmUps());
            return turns(clients, round, turns(scale));
        } finally {
            clients.values().forEach(ChildJvm::close);
            service.close();
        }
    }

    private static Map<Route, List<Figures>> turns(Map<Route, ChildJvm> clients, Round round, int turns) {
        var found = new EnumMap<Route, List<Figures>>(Route.class);
        ROUTES.forEach(route -> found.put(route, new ArrayList<>()));
        for (int i = 0; i < turns; i++) {
            for (Route route : ROUTES) {
                Figures figures = round.askedOf(clients.get(route), route);
                found.get(route).add(figures.with("callsPerSecond", round.calls() / figures.number("seconds")));
            }
        }
        return found;
    }

    private static Series series(Map<Route, List<Figures>> found, Route route, String figure) {
        return new Series(
                found.get(route).stream().map(each -> each.number(figure)).toList());
    }

    /** Of hh1 to the other route, turn by turn. */
    private static Series ratios(Map<Route, List<Figures>> found, Route other) {
        List<Double> ours = series(found, Route.HH1, "callsPerSecond").values();
        List<Double> theirs = series(found, other, "callsPerSecond").values();
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        return new Series(ratios);
    }

    private static int turns(Scale scale) {
        return 2 * scale.repetitions() - 1;
    }

    private static List<String> columns() {
        return List.of(
                "in flight", "route", "calls/s", "CPU time of the client per call, µs", "hh1's calls/s to these");
    }

    private static String method(Scale scale) {
        return "Rounds of " + scale.roundCalls() + " calls of the same POST, each call that ends starting the next."
                + " hh1 reads the message, keeps all its promises and reads the answer's JSON; camel-vertx-http gets"
                + " the JSON ready-made and gives the answer's text, once as it is and once with JSON made of fields"
                + " and read by Jackson. Each route in a JVM of its own, -Xmx256m, all warm (" + scale.warmUps()
                + " rounds), taking turns: " + turns(scale) + " turns. Median and spread; the last column compares"
                + " turn by turn. The service is a bare server of one thread with a fixed answer over connections"
                + " that stay open, in a JVM of its own: the simulator checks every request, and would be what is"
                + " measured.";
    }
}
