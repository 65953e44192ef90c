package io.github.camelhh1.examples.fleet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with fewer photos: one worker is killed, one is told to stop, and it adds up. */
@Tag("crash")
class FleetDemoTest {
    @TempDir
    private Path folder;

    @Test
    void everyPhotoIsDoneOnceOrHeldThoughTwoOfThreeWorkersEnd() throws Exception {
        Path output = folder.resolve("output.txt");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        "-Dfleet.photos=36",
                        "-Dfleet.dir=" + folder.resolve("fleet"),
                        FleetDemo.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();

        assertThat(Files.readString(output))
                .contains("SIGKILL to worker-", "SIGTERM to worker-", "It adds up.")
                .doesNotContain("WRONG");
        assertThat(status).isZero();
    }
}
