package io.github.camelhh1.benchmarks;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.ledger.Ledgers;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.camel.impl.DefaultCamelContext;

/** The JVM of one route: starts it, says that it is ready, and answers each line with a round of calls. */
final class ClientMain {
    private ClientMain() {}

    public static void main(String[] arguments) throws Exception {
        Figures settings = Figures.parse(arguments[0]);
        Vitals vitals = Vitals.fromNow();
        try (var context = new DefaultCamelContext()) {
            Route route = Route.valueOf(settings.text("route"));
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
            Printer.line("ready=true");
            Figures before = Figures.none();
            if (settings.has("growth")) {
                before = before.with("heapBeforeBytes", Vitals.settledBytes());
            }
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Printer.line(Round.of(Figures.parse(line))
                        .run(context, route, vitals)
                        .and(before)
                        .line());
            }
        }
    }
}
