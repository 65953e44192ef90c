package io.github.camelhh1.examples.fleet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo with fewer photos: one worker is killed, one is stopped, and the check at the end succeeds. */
@Tag("crash")
class FleetDemoTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"sqs, 150", "postgresql, 0"})
    void everyPhotoIsDoneOnceOrHeldThoughTwoOfThreeWorkersEnd(String source, int patience) throws Exception {
        Program program = Program.run(
                folder,
                FleetDemo.class,
                "-Dfleet.photos=36",
                "-Dfleet.source=" + source,
                "-Dfleet.patience=" + patience);

        assertThat(program.output())
                .contains("SIGKILL to worker-", "SIGTERM to worker-", "36 photos: ", "It adds up.")
                .doesNotContain("WRONG");
        assertThat(program.status()).isZero();
    }
}
