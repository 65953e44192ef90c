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
import io.github.camelhh1.benchmarks.report.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A video that is longer than the heap, beside curl. */
public final class Download implements Benchmark {
    private static final String HEAP = "128m";
    private static final long MOST_GROWTH = 32;
    private static final double LEAST_RATIO = 0.9;
    private static final Duration PATIENCE = Duration.ofMillis(Round.PATIENCE_MILLIS + 60_000);

    /** Of each turn: the first download of its JVM, and the second. */
    private final List<Figures> cold = new ArrayList<>();

    private final List<Figures> warm = new ArrayList<>();
    private final Map<Curl, List<Double>> theirs = new EnumMap<>(Curl.class);

    @Override
    public Report run(Scale scale) throws IOException {
        cold.clear();
        warm.clear();
        theirs.clear();
        measure(scale);
        boolean completed = Stream.concat(cold.stream(), warm.stream())
                .allMatch(each -> each.has("completed") && each.count("completed") == 1);
        Series growth = new Series(warm.stream().map(Download::growth).toList());
        return new Report(
                "Download of a video longer than the heap",
                "One video of " + scale.videoBytes() + " bytes from a local server through hh1:download into a"
                        + " directory: written, hashed, checked, renamed and synced, file and directory; -Xmx" + HEAP
                        + ". Beside it curl into the same directory, as it is, and with a hash and a sync of the file"
                        + " after it. " + scale.repetitions()
                        + " turns, each of hh1 in a fresh JVM: its first download,"
                        + " and its second. Median and spread. Heap growth: the sum of the peaks of the heap's pools over"
                        + " both, garbage included, less what was live before.",
                List.of("what", "seconds", "MB/s", "heap growth, MB"),
                rows(scale, growth),
                goals(completed, growth));
    }

    private void measure(Scale scale) throws IOException {
        var served = Figures.none().with("service", "video").with("bytes", scale.videoBytes());
        try (var directory = new WorkDirectory();
                ChildJvm service = ChildJvm.start("128m", ServiceMain.class, served)) {
            Target target = Target.of(service.listen(PATIENCE));
            List<Curl> others = Curl.isThere() ? List.of(Curl.values()) : List.of();
            for (int i = 0; i < scale.repetitions(); i++) {
                run(target, directory.resolve("ours"));
                for (Curl curl : others) {
                    Path file = directory.resolve("theirs.mp4");
                    theirs.computeIfAbsent(curl, first -> new ArrayList<>()).add(curl.seconds(target.baseUrl(), file));
                    Files.delete(file);
                }
            }
        }
    }

    private void run(Target target, Path directory) throws IOException {
        var settings = target.figures()
                .with("route", Route.HH1_DOWNLOAD)
                .with("inFlight", 1)
                .with("growth", true)
                .with("directory", directory);
        try (ChildJvm client = ChildJvm.start(HEAP, ClientMain.class, settings)) {
            client.listen(PATIENCE);
            for (List<Figures> turns : List.of(cold, warm)) {
                turns.add(client.ask(new Round(1, 1, "", 0).figures(), PATIENCE));
                Files.deleteIfExists(directory.resolve("video.mp4"));
            }
        }
    }

    private static double growth(Figures figures) {
        return figures.has("heapPeakBytes")
                ? (figures.number("heapPeakBytes") - figures.number("heapBeforeBytes")) / (1 << 20)
                : Double.POSITIVE_INFINITY;
    }

    private static Series seconds(List<Figures> turns) {
        return new Series(turns.stream()
                .filter(each -> each.has("seconds"))
                .map(each -> each.number("seconds"))
                .toList());
    }

    private List<List<String>> rows(Scale scale, Series growth) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                Route.HH1_DOWNLOAD.title() + ", the first of its JVM",
                seconds(cold).text(2),
                speed(scale, seconds(cold)).text(0),
                ""));
        rows.add(List.of(
                Route.HH1_DOWNLOAD.title() + ", the second",
                seconds(warm).text(2),
                speed(scale, seconds(warm)).text(0),
                growth.text(0)));
        theirs.forEach((curl, seconds) -> rows.add(List.of(
                curl.title(),
                new Series(seconds).text(2),
                speed(scale, new Series(seconds)).text(0),
                "")));
        return rows;
    }

    private static Series speed(Scale scale, Series seconds) {
        return new Series(seconds.values().stream()
                .map(each -> scale.videoBytes() / each / (1 << 20))
                .toList());
    }

    private List<Goal> goals(boolean completed, Series growth) {
        var goals = new ArrayList<Goal>();
        goals.add(new Goal("every repetition completed with -Xmx" + HEAP, completed));
        goals.add(new Goal(
                "heap growth under " + MOST_GROWTH + " MB, garbage included, in every repetition",
                growth.most() < MOST_GROWTH));
        // curl alone is for comparison: it neither hashes nor syncs.
        theirs.forEach((curl, seconds) -> {
            if (curl == Curl.ALONE) {
                return;
            }
            double first = new Series(seconds).median() / seconds(cold).median();
            double second = new Series(seconds).median() / seconds(warm).median();
            goals.add(new Goal(
                    String.format(
                            Locale.ROOT,
                            "at least %.1f of the throughput of %s: ratio of medians %.2f in a JVM that has downloaded"
                                    + " before, %.2f in one that has not",
                            LEAST_RATIO,
                            curl.title(),
                            second,
                            first),
                    second >= LEAST_RATIO));
        });
        return goals;
    }
}
