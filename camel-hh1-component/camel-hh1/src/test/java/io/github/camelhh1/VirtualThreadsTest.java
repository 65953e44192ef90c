package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camel's switch for virtual threads is read once per JVM, so each of these has a JVM of its own. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRouteGoesOnOnThreadsOfTheKindThatCamelWasToldToUse(boolean virtual) throws Exception {
        Path out = directory.resolve("out.txt");
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dcamel.threads.virtual.enabled=" + virtual,
                        "-cp",
                        System.getProperty("java.class.path"),
                        VirtualThreadsMain.class.getName())
                .redirectError(log.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readAllLines(out)).contains("virtual=" + virtual);
    }
}
