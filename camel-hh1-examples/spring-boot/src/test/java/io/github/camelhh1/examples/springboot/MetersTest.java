package io.github.camelhh1.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The component's meters are in the registry of Spring Boot, with nothing set for them. */
@CamelSpringBootTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MetersTest {
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

    @Test
    void aPostShowsInPrometheus() throws Exception {
        byte[] photo;
        try (InputStream in = URI.create(simulator.sampleImageUrl()).toURL().openStream()) {
            photo = in.readAllBytes();
        }
        HttpRequest post = request("/videos")
                .header("Content-Type", "image/jpeg")
                .header("Idempotency-Key", "metered-1")
                .POST(BodyPublishers.ofByteArray(photo))
                .build();
        assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(202);

        HttpRequest scrape = request("/actuator/prometheus").build();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        client.send(scrape, BodyHandlers.ofString()).body())
                .contains(
                        "hh1_outcomes_total{component=\"hh1\",model=\"alibaba/hh1-i2v\",outcome=\"completed\"} 1.0",
                        "hh1_generate_seconds_count{component=\"hh1\"} 1",
                        "hh1_video_seconds_total{component=\"hh1\"} 5.0",
                        "hh1_download_seconds_count{component=\"hh1\",outcome=\"downloaded\"} 1",
                        "hh1_budget_cap_cost{component=\"hh1\"} 25.0"));
    }
}
