package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the READMEs, on a copy of the sources. */
@Tag("crash")
class DemosTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private static Path sources;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void copySources() throws IOException {
        Maven.copyProject(sources);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }

    private static void assertThreeVideos(Path directory) throws IOException {
        assertThat(files(directory).stream().filter(file -> file.toString().endsWith(".mp4")))
                .hasSize(3)
                .allSatisfy(video -> {
                    assertThat(Files.size(video)).isGreaterThan(20_000);
                    assertThat(new String(Files.readAllBytes(video), 4, 4, StandardCharsets.ISO_8859_1))
                            .isEqualTo("ftyp");
                });
    }

    @Test
    void theDemoMakesThreeVideosAndMovesThePhotos() throws Exception {
        List<String> output = Maven.run(sources, "-q", "-Pdemo");

        Path demo = sources.resolve("camel-hh1-examples/file-drop/target/demo");
        assertThreeVideos(demo.resolve("out"));
        assertThat(files(demo.resolve("done")))
                .extracting(file -> file.getFileName().toString())
                .contains("horse.jpg", "lighthouse.png", "tea.webp");
        assertThat(files(demo.resolve("in"))).isEmpty();
        assertThat(files(demo.resolve("failed"))).isEmpty();
        assertThat(output).anyMatch(line -> line.contains("3 done"));
    }

    @Test
    void theDemoOfBucketsMakesThreeVideos() throws Exception {
        Maven.run(sources, "-q", "-Pdemo-s3");

        assertThreeVideos(sources.resolve("camel-hh1-examples/s3-pipeline/target/demo/videos"));
    }

    /** With the commands that the service shows. */
    @Test
    void theServiceMakesAVideoOfAPostedPhotoAndStops(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output.txt");
        Process service = Maven.start(sources, output, Map.of("SERVER_PORT", "0"), "-q", "-Pboot");
        try {
            String commands = await().atMost(LONG)
                    .until(() -> Files.readString(output), said -> said.contains("Ready.") || !service.isAlive());
            String photo = found("--data-binary @(\\S+)", commands);
            String key = found("Idempotency-Key: (\\S+)'", commands);
            String videos = found("curl -i .* (http\\S+)", commands);
            String video = found("curl (http\\S+)", commands);

            var post = HttpRequest.newBuilder(URI.create(videos))
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofFile(Path.of(photo)));
            assertThat(client.send(post.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);
            await().atMost(LONG).untilAsserted(() -> assertThat(get(video)).contains("\"state\":\"done\""));
            assertThat(get(video + "/video")).matches("(?s).{4}ftyp.*");
            String health = found("Health: (http\\S+)[.] ", commands);
            assertThat(get(health)).startsWith("{\"status\":\"UP\"");
            assertThat(get(health.replace("health", "prometheus"))).contains("jvm_memory_used_bytes");
        } finally {
            service.destroy();
            boolean ended = service.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
            service.destroyForcibly();
            assertThat(ended).as(Files.readString(output)).isTrue();
        }
        assertThat(output).content().contains("Routes stopped").doesNotContain("ERROR", "Exception");
    }

    private String get(String url) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        BodyHandlers.ofString(StandardCharsets.ISO_8859_1))
                .body();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
