package io.github.camelhh1.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.ForkedJvm;
import io.github.camelhh1.fixture.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The canaries are in no log, with every logger at TRACE and dumps of bytes joined, and the key is in nothing that can be
 * printed.
 */
class KeyLeakTest {
    @TempDir
    static Path directory;

    private static List<String> log;
    private static List<String> printed;

    /** In a JVM of its own, so that every logger, the HTTP client's included, is as talkative as it can be. */
    @BeforeAll
    static void listen() throws Exception {
        ForkedJvm ended = ForkedJvm.run(
                directory,
                List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"),
                CanaryMain.class,
                directory.toString());
        log = ended.log();
        printed = ended.out();
    }

    @Test
    void theListenerHeardEverything() {
        assertThat(log).anyMatch(line -> line.contains("org.apache.hc.client5.http.headers"));
        assertThat(log)
                .anyMatch(line -> line.contains("DEBUG org.apache.hc.client5.http.impl.async.HttpAsyncMainClientExec"));
        assertThat(log).anyMatch(line -> line.contains("TRACE") && line.contains("org.apache.camel"));
        assertThat(printed).anyMatch(line -> line.contains("RejectedException"));
        assertThat(printed).anyMatch(line -> line.contains("OutcomeUnknownException"));
        assertThat(printed).anyMatch(line -> line.contains("maxAttempts must be 1 or more"));
        assertThat(printed).anyMatch(line -> line.contains("there is no such operation"));
        assertThat(printed)
                .anyMatch(line -> line.startsWith("proxy CONNECT service.test:"))
                .anyMatch(line -> line.startsWith("proxy GET http://service.test:")
                        && line.contains("?X-Amz-Signature=the signature"));
        for (String scheme : List.of("http", "https")) {
            assertThat(printed)
                    .contains(
                            scheme + " GET /photo.png?X-Amz-Signature=the signature HTTP/1.1",
                            scheme + " GET /video.mp4?X-Amz-Signature=the signature HTTP/1.1");
        }
    }

    @Test
    void noLoggerSaysTheKey() {
        assertThat(log)
                .filteredOn(line -> !ofCamelItself(line))
                .filteredOn(line -> line.contains(TestContext.KEY))
                .isEmpty();
    }

    /** Sixteen bytes a line, decrypted: a secret is cut where the line ends. */
    @Test
    void noDumpOfBytesHoldsASecret() {
        assertThat(WireDump.texts(log))
                .noneMatch(text -> text.contains(TestContext.KEY))
                .noneMatch(text -> text.contains(CanaryMain.SIGNATURE));
        assertThat(log).noneMatch(line -> line.contains(WireDump.LOGGER));
    }

    @Test
    void aDumpIsReadAcrossItsLines() {
        String line = "[hh1-http] DEBUG " + WireDump.LOGGER + " - ";
        assertThat(WireDump.texts(List.of(
                        line + "c-01 >> Bearer.canary-4f  42 65 61 72 65 72 0d 63 61 6e 61 72 79 2d 34 66",
                        line + "c-02 >> another session   61 6e 6f 74 68 65 72 20 73 65 73 73 69 6f 6e",
                        line + "c-01 << HTTP/1.1 200 OK.  48 54 54 50 2f 31 2e 31 20 32 30 30 20 4f 4b 0d",
                        line + "c-01 >> 1d9b7a-key        31 64 39 62 37 61 2d 6b 65 79")))
                .hasSize(3)
                .anyMatch(text -> text.contains(TestContext.KEY));
    }

    @Test
    void noLoggerSaysTheQueryOfASignedLink() {
        assertThat(log).filteredOn(line -> line.contains(CanaryMain.SIGNATURE)).isEmpty();
    }

    /** The other canaries are looked for in everything that is printed. */
    @Test
    void nothingThatOperatorsAreShownSaysTheQueryOfASignedLink() {
        List<String> shown =
                printed.stream().filter(line -> line.startsWith("shown ")).toList();
        for (String kind : List.of("span", "event Outcome", "event Downloaded", "console", "jmx")) {
            assertThat(shown).anyMatch(line -> line.startsWith("shown " + kind));
        }
        assertThat(shown)
                .filteredOn(line -> line.contains(CanaryMain.SIGNATURE))
                .isEmpty();
    }

    /**
     * At TRACE, and only there, Camel shows any endpoint's URI as it was written while it makes the endpoint, and while
     * it masks the URI for JMX: a key belongs into the component's options.
     */
    private static boolean ofCamelItself(String line) {
        return Stream.of(
                        "impl.engine.AbstractCamelContext",
                        "support.EndpointHelper",
                        "support.DefaultComponent",
                        "support.management.MixinRequiredModelMBean")
                .anyMatch(logger ->
                        line.contains("TRACE org.apache.camel." + logger + " - ") && line.contains("apiKey="));
    }

    @Test
    void nothingSaysThePasswordOfTheProxy() {
        assertThat(Stream.concat(log.stream(), printed.stream()))
                .noneMatch(line -> line.contains(CanaryMain.PROXY_PASSWORD))
                .noneMatch(line -> line.contains(CanaryMain.proxyCredentials()));
    }

    @Test
    void nothingSaysTheKeyOfTheLogs() {
        assertThat(printed).anyMatch(line -> line.startsWith("logs ") && line.contains("filters="));
        assertThat(Stream.concat(log.stream(), printed.stream())).noneMatch(line -> line.contains(CanaryMain.LOGS_KEY));
        assertThat(WireDump.texts(log)).noneMatch(text -> text.contains(CanaryMain.LOGS_KEY));
    }

    @Test
    void noExceptionEndpointOrExchangeSaysTheKey() {
        assertThat(printed).filteredOn(line -> line.contains(TestContext.KEY)).isEmpty();
    }
}
