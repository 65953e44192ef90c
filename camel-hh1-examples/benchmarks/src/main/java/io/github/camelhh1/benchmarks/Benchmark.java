package io.github.camelhh1.benchmarks;

import java.io.IOException;

/** Something that is measured. */
interface Benchmark {
    Report run(Scale scale) throws IOException;
}
