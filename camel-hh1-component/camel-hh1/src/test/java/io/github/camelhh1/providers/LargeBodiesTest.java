package io.github.camelhh1.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A photo of 60 MB, brought in four ways through a JVM that could not hold it. */
class LargeBodiesTest {
    private static final int MEGABYTES = 60;

    @TempDir
    Path directory;

    @Test
    void goesThroughLittleMemory() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("photos"));
        Path out = directory.resolve("out.txt");
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeBodiesMain.class.getName(),
                        folder.toString(),
                        Integer.toString(MEGABYTES))
                .redirectError(log.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        String hash = Images.sha256(Images.padded(MEGABYTES));
        assertThat(Files.readAllLines(out)).hasSize(4).allMatch(line -> line.endsWith(hash));
    }
}
