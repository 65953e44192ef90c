package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.jvm.ImageFiles;
import io.github.camelhh1.benchmarks.jvm.ImageStore;
import io.github.camelhh1.benchmarks.jvm.Round;
import io.github.camelhh1.benchmarks.jvm.Route;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Many big image files given a link, and sent, at once, in a heap that could hold a few of them. */
public final class StagedImages implements Benchmark {
    private static final double MOST_MEGABYTES = 200;

    private final List<Route> routes;

    public StagedImages(Route... routes) {
        this.routes = List.of(routes);
    }

    @Override
    public Report run(Scale scale) throws IOException {
        Files.createDirectories(ImageStore.DIRECTORY);
        try (ImageFiles files = ImageFiles.make(scale.bigImages(), scale.bigImageBytes())) {
            var round = new Round(
                    scale.bigImages(), scale.bigImages(), files.directory().toString(), 0);
            var runs = ColdRuns.of(round, scale, routes);
            return new Report(
                    scale.bigImages() + " big images staged",
                    method(scale),
                    ColdRuns.COLUMNS,
                    runs.rows(),
                    goals(runs));
        }
    }

    private List<Goal> goals(ColdRuns runs) throws IOException {
        try (Stream<Path> left = Files.list(ImageStore.DIRECTORY)) {
            return List.of(
                    new Goal(
                            "every call of every repetition completed with -Xmx256m, whatever the staging",
                            routes.stream().allMatch(runs::allCompleted)),
                    new Goal(
                            "heap peak under 200 MB, garbage included, in every repetition",
                            routes.stream()
                                    .allMatch(route -> ColdRuns.megabytes(runs.series(route, "heapPeakBytes"))
                                                    .most()
                                            < MOST_MEGABYTES)),
                    new Goal("no staged image is left", left.findAny().isEmpty()));
        }
    }

    private static String method(Scale scale) {
        return scale.bigImages() + " files of " + scale.bigImageBytes()
                + " bytes, no two alike, all sent at once to the"
                + " simulator with a delay of " + scale.delay().toMillis() + " ms: within the request (the first"
                + " row), through a directory, and through a route that stores and one that removes; -Xmx256m; "
                + scale.repetitions() + " repetitions, each in a fresh JVM. Threads and heap as above. The same with S3"
                + " is S3HeapTest of file-drop, whose class path has an S3 server.";
    }
}
