package io.github.camelhh1.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service over HTTP, as its callers and operators see it. */
@CamelSpringBootTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class VideoServiceTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("videos.folder", folder::toString);
        // Tests export no meters unless they ask for it.
        registry.add("management.prometheus.metrics.export.enabled", () -> "true");
    }

    /** The component's {@code backend=simulator} uses the simulator that it finds among the beans. */
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
    private final ObjectMapper json = new ObjectMapper();
    private byte[] photo;

    @BeforeEach
    void photo() throws Exception {
        try (InputStream in = URI.create(simulator.sampleImageUrl()).toURL().openStream()) {
            photo = in.readAllBytes();
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> post(String key, String prompt, BodyPublisher body) throws Exception {
        var request = HttpRequest.newBuilder(uri("/videos"))
                .header("Content-Type", "image/jpeg")
                .header("prompt", prompt)
                .POST(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String key, byte[] body) throws Exception {
        return post(key, "a prompt of " + key, BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private JsonNode status(String key) throws Exception {
        HttpResponse<String> answer = get("/videos/" + key);
        assertThat(answer.statusCode()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private void waitFor(String key, String state) {
        await().atMost(LONG).until(() -> status(key).get("state").asText().equals(state));
    }

    private void isRefused(HttpResponse<String> answer, int status, String... reason) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json.readTree(answer.body()).get("error").asText()).contains(reason);
    }

    @Test
    void aPhotoBecomesAVideoAtTheUrlOfItsStatus() throws Exception {
        HttpResponse<String> accepted = post("holiday-1", photo);
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).contains("/videos/holiday-1");
        waitFor("holiday-1", "done");
        var video = client.send(
                HttpRequest.newBuilder(uri(status("holiday-1").get("video").asText()))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(video.headers().firstValue("Content-Type")).contains("video/mp4");
        assertThat(new String(video.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    }

    /** Nobody removes a second copy: the disk would be full of them. */
    @Test
    void aVideoIsKeptOnce() throws Exception {
        post("one-copy", photo);
        waitFor("one-copy", "done");
        await().atMost(LONG).until(() -> !Files.exists(folder.resolve("photos/one-copy.jpg")));

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(folder::relativize).map(Path::toString))
                    .filteredOn(name -> name.endsWith("one-copy.mp4"))
                    .containsExactly("out/one-copy.mp4");
        }
    }

    @Test
    void aRepeatedPostIsAnsweredWithTheSameRunAndPaidOnce() throws Exception {
        post("twice-00", photo);
        assertThat(post("twice-00", photo).statusCode()).isEqualTo(202);
        waitFor("twice-00", "done");
        HttpResponse<String> late = post("twice-00", photo);
        assertThat(late.statusCode()).isEqualTo(202);
        assertThat(json.readTree(late.body()).get("state").asText()).isEqualTo("done");
        assertThat(simulator.charges("a prompt of twice-00")).isEqualTo(1);
    }

    @Test
    void aKeyOfAnotherPhotoIsAConflict() throws Exception {
        post("conflict", photo);
        byte[] other = photo.clone();
        other[other.length - 1]++;
        isRefused(post("conflict", other), 409, "conflict", "another photo or prompt", "new key");
        isRefused(post("conflict", "other", BodyPublishers.ofByteArray(photo)), 409, "another photo or prompt");
        waitFor("conflict", "done");
    }

    @Test
    void aRefusalOfTheServiceIsTheReasonOfItsStatus() throws Exception {
        simulator.script(Reply.error(400, 2001, "the picture shows a face"));
        post("refused-1", photo);
        waitFor("refused-1", "failed");
        assertThat(status("refused-1").get("reason").asText()).contains("the picture shows a face", "nothing was paid");
    }

    @Test
    void aPaidVideoThatCannotBeWrittenIsNotedAsPaidAndComesWithTheSameRequest() throws Exception {
        // As a full disk: the video cannot be written there.
        Path obstacle = Files.createDirectories(folder.resolve("out/.no-space-1.part/full"));
        post("no-space-1", photo);
        waitFor("no-space-1", "failed");
        assertThat(status("no-space-1").get("reason").asText())
                .contains("the video was made and paid", "same key", "not paid again", "; run ")
                .doesNotContain("://");

        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        assertThat(post("no-space-1", photo).statusCode()).isEqualTo(202);

        waitFor("no-space-1", "done");
        assertThat(simulator.charges("a prompt of no-space-1")).isEqualTo(1);
    }

    @Test
    void aPhotoWhoseRequestCannotBeReadIsNotedAsNotPaid() throws Exception {
        Files.write(folder.resolve("photos/no-request.jpg"), photo);
        Path note = folder.resolve("failed/no-request.txt");
        await().atMost(LONG).until(() -> Files.exists(note));
        assertThat(note).content().contains("nothing was paid");
    }

    @Test
    void aRequestWithoutAKeyOrABodyIsRefused() throws Exception {
        isRefused(post(null, photo), 400, "Idempotency-Key");
        isRefused(post("../../etc/passwd", photo), 400, "Idempotency-Key");
        isRefused(post("nothing-1", new byte[0]), 400, "empty");
        nothingIsKeptOf("nothing-1");
    }

    @Test
    void aTextThatIsCalledAJpegIsRefused() throws Exception {
        isRefused(post("no-image", "a letter".getBytes(StandardCharsets.UTF_8)), 415, "no JPEG, PNG or WEBP");
        nothingIsKeptOf("no-image");
    }

    @Test
    void aDamagedJpegFailsBeforeItIsSent() throws Exception {
        byte[] damaged = HexFormat.of().parseHex("ffd8ffe000104a464946000101");
        post("damaged-1", damaged);
        waitFor("damaged-1", "failed");
        assertThat(status("damaged-1").get("reason").asText()).contains("JPEG", "nothing was paid");
        assertThat(simulator.requests()).noneMatch(request -> "a prompt of damaged-1"
                .equals(request.input().get("prompt")));
    }

    @Test
    void aFormIsRefused() throws Exception {
        var form = HttpRequest.newBuilder(uri("/videos"))
                .header("Idempotency-Key", "a-form-1")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--b--\r\n"));
        isRefused(client.send(form.build(), BodyHandlers.ofString()), 415, "not a form");
        nothingIsKeptOf("a-form-1");
    }

    @Test
    void aStatusOfAnUnknownKeyIsNotFound() throws Exception {
        isRefused(get("/videos/never-was"), 404, "no video of this key");
        isRefused(get("/videos/never-was/video"), 404, "no video of this key");
        isRefused(get("/videos/a"), 404, "no video of this key");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadOf200MegabytesIsRefused(boolean declared) throws Exception {
        String key = "too-long-" + declared;
        assertThat(Upload.send(port, key, 200, declared)).contains("HTTP/1.1 413", "longer than 20 MB", "smaller one");
        nothingIsKeptOf(key);
    }

    private void nothingIsKeptOf(String key) throws Exception {
        isRefused(get("/videos/" + key), 404, "no video of this key");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(key) || name.endsWith(".part"));
        }
    }

    @Test
    void healthAndMetersAreThereForOperators() throws Exception {
        assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"", "hh1-ledger", "hh1-service");
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }
}
