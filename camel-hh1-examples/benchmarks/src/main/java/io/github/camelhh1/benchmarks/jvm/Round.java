package io.github.camelhh1.benchmarks.jvm;

import io.github.camelhh1.benchmarks.report.Figures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/**
 * Some calls by one route.
 *
 * @param images the directory of the images to send; empty for links
 * @param collectAfterMillis when to force a collection and read what is live; 0 for never, which leaves the round alone
 */
public record Round(int calls, int inFlight, String images, long collectAfterMillis) {
    /** After this time a missing answer counts as none. */
    public static final long PATIENCE_MILLIS = 40_000;

    /** After this time a JVM without an answer is given up. */
    public static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS + 60_000);

    static Round of(Figures figures) {
        return new Round(
                figures.count("calls"),
                figures.count("inFlight"),
                figures.text("images"),
                figures.count("collectAfterMillis"));
    }

    public Figures figures() {
        return Figures.none()
                .with("calls", calls)
                .with("inFlight", inFlight)
                .with("images", images)
                .with("collectAfterMillis", collectAfterMillis);
    }

    /** The figures of this round by a route of the client; fails if a call was lost. */
    public Figures askedOf(ChildJvm client, Route route) {
        Figures found = client.ask(figures().with("route", route), PATIENCE);
        if (!found.has("completed") || found.count("completed") != calls) {
            throw new IllegalStateException(route + " lost calls: " + found.line());
        }
        return found.with("cpuMicros", found.number("cpuSeconds") * 1e6 / calls);
    }

    Figures run(CamelContext context, Route route, Vitals vitals) throws Exception {
        Endpoint start = context.getEndpoint(Route.START);
        try (AsyncProducer producer = start.createAsyncProducer()) {
            producer.start();
            double cpuBefore = Vitals.cpuSeconds();
            long began = System.nanoTime();
            Tally tally = new Caller(start, producer, calls, bodies(route)).begin(inFlight);
            long live = 0;
            if (collectAfterMillis > 0) {
                tally.await(collectAfterMillis);
                live = Vitals.liveBytes();
            }
            tally.await(PATIENCE_MILLIS);
            double seconds = (System.nanoTime() - began) / 1e9;
            return vitals.figures()
                    .with("seconds", seconds)
                    .with("cpuSeconds", Vitals.cpuSeconds() - cpuBefore)
                    .with("liveBytes", live)
                    .and(tally.figures());
        }
    }

    private IntFunction<Object> bodies(Route route) {
        if (images.isEmpty()) {
            Object body = route.body();
            return number -> body;
        }
        Path directory = Path.of(images);
        return number -> route.body(directory.resolve(ImageFiles.name(number)));
    }
}
