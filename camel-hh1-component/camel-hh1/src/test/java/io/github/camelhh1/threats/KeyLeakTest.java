package io.github.camelhh1.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Bench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canary is in no log, with every logger at TRACE, and in nothing that can be printed. */
class KeyLeakTest {
    @TempDir
    static Path directory;

    private static List<String> log;
    private static List<String> printed;

    /** In a JVM of its own, so that every logger, the HTTP client's included, is as talkative as it can be. */
    @BeforeAll
    static void listen() throws Exception {
        Path logFile = directory.resolve("log.txt");
        Path outFile = directory.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CanaryMain.class.getName(),
                        directory.toString())
                .redirectError(logFile.toFile())
                .redirectOutput(outFile.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        log = Files.readAllLines(logFile);
        printed = Files.readAllLines(outFile);
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void theListenerHeardEverything() {
        assertThat(log).anyMatch(line -> line.contains("org.apache.hc.client5.http.headers"));
        assertThat(log).anyMatch(line -> line.contains("org.apache.hc.client5.http.wire"));
        assertThat(log).anyMatch(line -> line.contains("TRACE") && line.contains("org.apache.camel"));
        assertThat(printed).anyMatch(line -> line.contains("RejectedException"));
        assertThat(printed).anyMatch(line -> line.contains("OutcomeUnknownException"));
        assertThat(printed).anyMatch(line -> line.contains("maxAttempts must be 1 or more"));
        assertThat(printed).anyMatch(line -> line.contains("there is no such operation"));
    }

    @Test
    void noLoggerSaysTheKey() {
        assertThat(log)
                .filteredOn(line -> !ofCamelItself(line))
                .filteredOn(line -> line.contains(Bench.KEY))
                .isEmpty();
    }

    /**
     * At TRACE, and only there, Camel shows any endpoint's URI as it was written while it makes the endpoint: a key
     * belongs into the component's options.
     */
    private static boolean ofCamelItself(String line) {
        return Stream.of("impl.engine.AbstractCamelContext", "support.EndpointHelper", "support.DefaultComponent")
                .anyMatch(logger ->
                        line.contains("TRACE org.apache.camel." + logger + " - ") && line.contains("apiKey="));
    }

    @Test
    void noExceptionEndpointOrExchangeSaysTheKey() {
        assertThat(printed).filteredOn(line -> line.contains(Bench.KEY)).isEmpty();
    }
}
