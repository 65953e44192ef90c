package io.github.camelhh1.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Meters and log lines are there, with nothing set for them. */
@CamelSpringBootTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WatchedTest {
    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("videos.folder", folder::toString);
        // Tests export no meters unless they ask for it.
        registry.add("management.prometheus.metrics.export.enabled", () -> "true");
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Service {
        @Bean(destroyMethod = "close")
        Hh1Simulator simulator() {
            return Hh1Simulator.start();
        }
    }

    @Autowired
    private Hh1Simulator simulator;

    @Value("${local.server.port}")
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private void post(String key) throws Exception {
        byte[] photo;
        try (InputStream in = URI.create(simulator.sampleImageUrl()).toURL().openStream()) {
            photo = in.readAllBytes();
        }
        HttpRequest post = request("/videos")
                .header("Content-Type", "image/jpeg")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(photo))
                .build();
        assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
    }

    @Test
    void theLinesOfAMessageHaveItsRunInTheMdc() throws Exception {
        var lines = new ListAppender<ILoggingEvent>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        var log = (Logger) LoggerFactory.getLogger("io.github.camelhh1.Runs");
        log.addAppender(lines);
        try {
            post("logged-1");

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("downloaded")));
            assertThat(lines.list).hasSizeGreaterThanOrEqualTo(4).allSatisfy(line -> assertThat(
                            line.getFormattedMessage())
                    .contains("Run " + line.getMDCPropertyMap().get("hh1.runId") + ":"));
        } finally {
            log.detachAppender(lines);
        }
    }

    @Test
    void aPostShowsInPrometheus() throws Exception {
        post("metered-1");

        HttpRequest scrape = request("/actuator/prometheus").build();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        client.send(scrape, BodyHandlers.ofString()).body())
                .contains(
                        "hh1_outcomes_total{component=\"hh1\",model=\"alibaba/hh1-i2v\",outcome=\"completed\"}",
                        "hh1_generate_seconds_count{component=\"hh1\"}",
                        "hh1_video_seconds_total{component=\"hh1\"}",
                        "hh1_download_seconds_count{component=\"hh1\",outcome=\"downloaded\"}",
                        "hh1_budget_cap_cost{component=\"hh1\"} 25.0"));
    }
}
