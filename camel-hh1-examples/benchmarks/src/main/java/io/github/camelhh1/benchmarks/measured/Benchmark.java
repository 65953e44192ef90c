package io.github.camelhh1.benchmarks.measured;

import io.github.camelhh1.benchmarks.report.Report;
import java.io.IOException;

/** Something that is measured. */
public interface Benchmark {
    Report run(Scale scale) throws IOException;
}
