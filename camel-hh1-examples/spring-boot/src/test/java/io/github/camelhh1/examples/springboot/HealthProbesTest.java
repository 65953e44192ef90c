package io.github.camelhh1.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
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
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The probes of a supervisor of the process, both with Camel's checks. */
@CamelSpringBootTest
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "videos.retry-delay=100ms",
            "management.endpoint.health.group.liveness.include=livenessState,camelLivenessState",
            "management.endpoint.health.group.readiness.include=readinessState,camelReadinessState"
        })
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
class HealthProbesTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String HEALTH = "/actuator/health";

    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("videos.folder", folder::toString);
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
        var request = request("/videos").header("Idempotency-Key", key).POST(BodyPublishers.ofByteArray(photo));
        assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(202);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private void waitFor(String key, String... status) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(get("/videos/" + key).body()).contains(status));
    }

    private void isAlive() throws Exception {
        assertThat(get(HEALTH + "/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void aLedgerThatIsAwayMakesTheServiceUnreadyAndNotDeadAndLosesNoPhoto() throws Exception {
        post("the-first");
        waitFor("the-first", "done");
        assertThat(get(HEALTH + "/readiness").statusCode()).isEqualTo(200);
        assertThat(get(HEALTH).body()).contains("\"hh1-ledger\":\"UP\"", "\"hh1-service\":\"UP\"");

        Path ledger = folder.resolve("hh1.db");
        Path away = folder.resolve("away.db");
        Files.move(ledger, away);
        post("the-second");
        waitFor("the-second", "waiting", "the ledger cannot be written", "Nothing is billed");
        assertThat(get(HEALTH).body()).contains("\"hh1-ledger\":\"DOWN\"", "\"hh1-service\":\"UP\"");
        assertThat(get(HEALTH + "/readiness").statusCode()).isEqualTo(503);
        isAlive();

        Files.move(away, ledger);
        waitFor("the-second", "done");
        assertThat(get(HEALTH + "/readiness").statusCode()).isEqualTo(200);
        assertThat(simulator.charges()).isEqualTo(2);
    }

    @Test
    void aServiceThatRefusesTheAccountMakesThisOneUnreadyAndNotDead() throws Exception {
        simulator.acceptOnly("another-key");
        for (int i = 1; i <= 3; i++) {
            post("refused-" + i);
            waitFor("refused-" + i, "failed", "401");
        }
        assertThat(get(HEALTH).body())
                .contains("\"hh1-ledger\":\"UP\"", "\"hh1-service\":\"DOWN\"", "refused 3 times in a row");
        assertThat(get(HEALTH + "/readiness").statusCode()).isEqualTo(503);
        isAlive();
    }
}
