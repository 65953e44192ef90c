package io.github.camelhh1.examples.fleet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short form: three workers, 60 photos, six faults. */
@Tag("crash")
class ChaosTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqs        | cloudflare  | kill:2,term:1,database:1,queue:1,storage:1",
                "postgresql | modelstudio | kill:2,term:2,database:2",
            })
    void everyPhotoIsDoneOnceOrHeldThoughWorkersDieAndServicesFail(String source, String backend, String faults)
            throws Exception {
        Program program = Program.run(
                folder,
                Chaos.class,
                "-Dfleet.source=" + source,
                "-Dfleet.backend=" + backend,
                "-Dfleet.photos=60",
                "-Dfleet.seed=17",
                "-Dfleet.faults=" + faults);

        assertThat(program.output())
                .contains("SIGKILL to worker-", "SIGTERM to worker-", "database:", "It adds up.")
                .doesNotContain("WRONG", "paid 2 times");
        assertThat(program.status()).isZero();
    }
}
