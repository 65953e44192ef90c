package io.github.camelhh1.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A video that is longer than the heap. */
final class Download implements Benchmark {
    private static final String HEAP = "128m";
    private static final Duration PATIENCE = Duration.ofMillis(Round.PATIENCE_MILLIS + 60_000);

    @Override
    public Report run(Scale scale) {
        List<Figures> found = measure(scale);
        boolean completed = found.stream().allMatch(each -> each.has("completed") && each.count("completed") == 1);
        return new Report(
                "Download of a video longer than the heap",
                "One video of " + scale.videoBytes() + " bytes from a local server through hh1:download into its"
                        + " private directory, checked, and read once more; -Xmx" + HEAP + "; " + scale.repetitions()
                        + " repetitions, each in a fresh JVM. Median and spread. Heap peak as above.",
                List.of("route", "completed", "seconds", "MB/s", "heap peak, MB"),
                List.of(List.of(
                        Route.HH1_DOWNLOAD.title(),
                        series(found, "completed").text(0) + " of 1",
                        series(found, "seconds").text(2),
                        series(found, "megabytesPerSecond").text(0),
                        ColdRuns.megabytes(series(found, "heapPeakBytes")).text(0))),
                List.of(new Goal("every repetition completed with -Xmx" + HEAP, completed)));
    }

    private static List<Figures> measure(Scale scale) {
        var found = new ArrayList<Figures>();
        var served = Figures.none().with("service", "video").with("bytes", scale.videoBytes());
        try (ChildJvm service = ChildJvm.start("128m", ServiceMain.class, served)) {
            Target target = Target.of(service.listen(PATIENCE));
            for (int i = 0; i < scale.repetitions(); i++) {
                Figures figures = run(target);
                found.add(figures.has("seconds") ? figures.with("megabytesPerSecond", speed(scale, figures)) : figures);
            }
        }
        return found;
    }

    private static Figures run(Target target) {
        var settings = target.figures().with("route", Route.HH1_DOWNLOAD).with("inFlight", 1);
        try (ChildJvm client = ChildJvm.start(HEAP, ClientMain.class, settings)) {
            client.listen(PATIENCE);
            return client.ask(new Round(1, 1, "", 0).figures(), PATIENCE);
        }
    }

    private static double speed(Scale scale, Figures figures) {
        return scale.videoBytes() / figures.number("seconds") / (1 << 20);
    }

    private static Series series(List<Figures> found, String figure) {
        return new Series(found.stream()
                .filter(each -> each.has(figure))
                .map(each -> each.number(figure))
                .toList());
    }
}
