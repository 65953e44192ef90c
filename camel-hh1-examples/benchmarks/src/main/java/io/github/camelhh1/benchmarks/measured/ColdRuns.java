package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.jvm.ChildJvm;
import io.github.camelhh1.benchmarks.jvm.ClientMain;
import io.github.camelhh1.benchmarks.jvm.Round;
import io.github.camelhh1.benchmarks.jvm.Route;
import io.github.camelhh1.benchmarks.jvm.ServiceMain;
import io.github.camelhh1.benchmarks.jvm.Target;
import io.github.camelhh1.benchmarks.report.Figures;
import io.github.camelhh1.benchmarks.report.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Each repetition of each route in a fresh JVM, the routes taking turns; after them one more of each that forces a
 * collection half-way to see what is live, and counts for nothing else.
 */
public final class ColdRuns {
    static final List<String> COLUMNS = List.of(
            "route",
            "completed",
            "out of memory",
            "failed otherwise or unanswered",
            "seconds",
            "most in flight at the service",
            "threads more than before",
            "heap peak, MB",
            "live heap, MB");

    private static final String HEAP = "256m";
    private static final Duration PATIENCE = Duration.ofMillis(Round.PATIENCE_MILLIS + 60_000);

    private final String heap;
    private final Round round;
    private final List<Route> routes;
    private final Map<Route, List<Figures>> found = new EnumMap<>(Route.class);
    private final Map<Route, Figures> live = new EnumMap<>(Route.class);

    private ColdRuns(String heap, Round round, List<Route> routes) {
        this.heap = heap;
        this.round = round;
        this.routes = routes;
    }

    /** Of hh1 and the two to compare it with. */
    static ColdRuns of(Round round, Scale scale) {
        return of(round, scale, List.of(Route.HH1, Route.CAMEL_HTTP, Route.VERTX_HTTP));
    }

    static ColdRuns of(Round round, Scale scale, List<Route> routes) {
        return of(HEAP, round, scale, routes);
    }

    /** @param heap of each route's JVM, as {@code -Xmx} spells it */
    static ColdRuns of(String heap, Round round, Scale scale, List<Route> routes) {
        var runs = new ColdRuns(heap, round, routes);
        var settings = Figures.none()
                .with("service", "simulator")
                .with("delayMillis", scale.delay().toMillis());
        try (ChildJvm service = ChildJvm.start("1g", ServiceMain.class, settings)) {
            Target target = Target.of(service.listen(PATIENCE));
            for (int i = 0; i < scale.repetitions(); i++) {
                for (Route route : routes) {
                    Figures figures = runs.run(route, round, target, service);
                    runs.found
                            .computeIfAbsent(route, first -> new ArrayList<>())
                            .add(figures);
                }
            }
            Round looking = new Round(
                    round.calls(),
                    round.inFlight(),
                    round.images(),
                    scale.delay().toMillis() / 2);
            for (Route route : routes) {
                runs.live.put(route, runs.run(route, looking, target, service));
            }
        }
        return runs;
    }

    private Figures run(Route route, Round round, Target target, ChildJvm service) {
        var settings = target.figures().with("route", route).with("inFlight", round.inFlight());
        try (ChildJvm client = ChildJvm.start(heap, ClientMain.class, settings)) {
            client.listen(PATIENCE);
            Figures figures = client.ask(round.figures(), PATIENCE);
            return figures.and(service.ask(Figures.none().with("question", "peak"), PATIENCE));
        }
    }

    List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        for (Route route : routes) {
            rows.add(List.of(
                    route.title(),
                    series(route, "completed").text(0) + " of " + round.calls(),
                    series(route, "outOfMemory").text(0),
                    lost(route).text(0),
                    series(route, "seconds").text(2),
                    series(route, "peakInFlight").text(0),
                    series(route, "extraThreads").text(0),
                    megabytes(series(route, "heapPeakBytes")).text(0),
                    megabytes(of(List.of(live.get(route)), "liveBytes")).text(0)));
        }
        return rows;
    }

    /** Of the repetitions that ended with a word; a JVM that died gave none. */
    Series series(Route route, String figure) {
        return of(found.get(route), figure);
    }

    static Series megabytes(Series bytes) {
        return new Series(bytes.values().stream().map(each -> each / (1 << 20)).toList());
    }

    /** Whether every call of every repetition ended with a video. */
    boolean allCompleted(Route route) {
        return found.get(route).stream()
                .allMatch(each -> each.has("completed") && each.count("completed") == round.calls());
    }

    private Series lost(Route route) {
        return new Series(found.get(route).stream()
                .map(each -> !each.has("failed")
                        ? (double) round.calls()
                        : each.number("failed") + each.number("unanswered"))
                .toList());
    }

    private static Series of(List<Figures> runs, String figure) {
        return new Series(runs.stream()
                .filter(each -> each.has(figure))
                .map(each -> each.number(figure))
                .toList());
    }
}
