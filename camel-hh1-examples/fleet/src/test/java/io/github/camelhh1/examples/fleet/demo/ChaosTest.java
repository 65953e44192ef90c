package io.github.camelhh1.examples.fleet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: three workers, 60 photos, six faults. */
@Tag("crash")
class ChaosTest {
    @TempDir
    private Path folder;

    @Test
    void everyPhotoIsDoneOnceOrHeldThoughWorkersDieAndServicesFail() throws Exception {
        Program program = Program.run(
                folder,
                Chaos.class,
                "-Dfleet.photos=60",
                "-Dfleet.seed=17",
                "-Dfleet.faults=kill:2,term:1,database:1,queue:1,storage:1");

        assertThat(program.output())
                .contains("SIGKILL to worker-", "SIGTERM to worker-", "database:", "queue:", "storage:", "It adds up.")
                .doesNotContain("WRONG", "paid 2 times");
        assertThat(program.status()).isZero();
    }
}
