package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** All threads that Camel makes are virtual ones. Camel's switch is read once per JVM, so this takes a JVM of its own. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsWithPatternsTest {
    @TempDir
    private Path directory;

    @Test
    void readEachVideoWhereverItGetsToAndPayForItOnce() throws Exception {
        Path out = directory.resolve("out.txt");
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dcamel.threads.virtual.enabled=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EveryPatternMain.class.getName())
                .redirectError(log.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readAllLines(out)).as(Files.readString(log)).contains("all=true paid=12");
    }
}
