package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.jvm.ImageFiles;
import io.github.camelhh1.benchmarks.jvm.Round;
import io.github.camelhh1.benchmarks.jvm.Route;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import java.io.IOException;
import java.util.List;

/** Many image files sent within the request at once, in a heap that could not hold them. */
public final class InlineImages implements Benchmark {
    @Override
    public Report run(Scale scale) throws IOException {
        try (ImageFiles files = ImageFiles.make(scale.images(), scale.imageBytes())) {
            var round =
                    new Round(scale.images(), scale.images(), files.directory().toString(), 0);
            var runs = ColdRuns.of(round, scale);
            return new Report(
                    scale.images() + " images within the request",
                    method(scale),
                    ColdRuns.COLUMNS,
                    runs.rows(),
                    List.of(new Goal(
                            "hh1: every call of every repetition completed with -Xmx256m",
                            runs.allCompleted(Route.HH1))));
        }
    }

    private static String method(Scale scale) {
        return scale.images() + " files of " + scale.imageBytes() + " bytes, no two alike, all sent at once to the"
                + " simulator with a delay of " + scale.delay().toMillis() + " ms: by hh1 with inlineImages=true, by"
                + " the others as one base64 text within the JSON, as such routes are written; -Xmx256m; "
                + scale.repetitions() + " repetitions, each in a fresh JVM. What is unanswered "
                + Round.PATIENCE_MILLIS / 1000 + " s after the last call began is given up. Seconds of a route that"
                + " loses calls are not comparable. Threads and heap as above.";
    }
}
