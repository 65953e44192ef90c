package io.github.camelhh1.benchmarks.jvm;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.benchmarks.report.Figures;
import io.github.camelhh1.benchmarks.report.Printer;
import io.github.camelhh1.ledger.Ledgers;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The JVM of a route, or of several: starts each in a Camel context of its own, says that they are ready, and answers each
 * line with a round of calls, by the route that the line names, or by the only one. With {@code fresh}, each round gets a
 * new context.
 */
public final class ClientMain {
    private ClientMain() {}

    public static void main(String[] arguments) throws Exception {
        Figures settings = Figures.parse(arguments[0]);
        Vitals vitals = Vitals.fromNow();
        var contexts = new EnumMap<Route, CamelContext>(Route.class);
        try {
            for (String name : settings.text("route").split(",")) {
                Route route = Route.valueOf(name);
                contexts.put(route, started(route, settings));
            }
            Printer.line("ready=true");
            Figures before = Figures.none();
            if (settings.has("growth")) {
                before = before.with("heapBeforeBytes", Vitals.settledBytes());
            }
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Figures asked = Figures.parse(line);
                Route route = Route.valueOf((asked.has("route") ? asked : settings).text("route"));
                if (settings.has("fresh")) {
                    contexts.put(route, started(route, settings)).stop();
                }
                Printer.line(Round.of(asked)
                        .run(contexts.get(route), route, vitals)
                        .and(before)
                        .line());
            }
        } finally {
            contexts.values().forEach(CamelContext::stop);
        }
    }

    private static CamelContext started(Route route, Figures settings) throws Exception {
        var context = new DefaultCamelContext();
        if (settings.has("ledger")) {
            context.getComponent("hh1", Hh1Component.class).setLedger(Ledgers.of(settings.text("ledger")));
        }
        if (settings.has("directory")) {
            context.getComponent("hh1", Hh1Component.class)
                    .getConfiguration()
                    .setDownloadDirectory(settings.text("directory"));
        }
        context.addRoutes(route.builder(context, Target.of(settings), settings.count("inFlight")));
        context.start();
        return context;
    }
}
