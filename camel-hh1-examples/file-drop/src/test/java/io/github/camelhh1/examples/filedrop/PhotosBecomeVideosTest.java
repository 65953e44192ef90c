package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.ReceivedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From {@code in} to {@code out}, over real HTTP and a real S3 server. One drop for all: each case has names of its own. */
class PhotosBecomeVideosTest {
    @TempDir
    private static Path root;

    private static Drop drop;

    @BeforeAll
    static void watch() throws Exception {
        // A name as people choose them.
        drop = Drop.inJava(root.resolve("My Photos äöü"));
    }

    @AfterAll
    static void stop() throws Exception {
        drop.close();
    }

    @BeforeEach
    void forget() {
        drop.simulator.reset();
    }

    @Test
    void aPhotoWithoutSidecarGetsWhatTheApplicationSays() throws Exception {
        drop.put("plain.jpg", Drop.photo("jpg", 0x112233));

        drop.awaitFiles(drop.folder.done(), "plain.jpg");

        assertThat(drop.folder.out().resolve("plain.mp4")).isNotEmptyFile();
        ReceivedRequest request = drop.simulator.requests().get(0);
        assertThat(request.input())
                .containsEntry("resolution", "720P")
                .containsEntry("duration", 5)
                .containsEntry("watermark", false)
                .containsKey("prompt")
                .doesNotContainKeys("seed", "negative_prompt");
        assertThat(drop.record("plain.json").path("source").asText()).isEqualTo("plain.jpg");
        assertThat(drop.simulator.charges()).isEqualTo(1);
        assertThat(Drop.names(drop.folder.in(), "plain")).isEmpty();
        assertThat(Drop.names(drop.folder.downloads())).isEmpty();
        await().untilAsserted(() -> assertThat(drop.staged()).isEmpty());
    }

    @Test
    void sidecarsSayWhatIsWanted() throws Exception {
        drop.put("cat.txt", "\uFEFFthe cat yawns\n");
        drop.put("cat.png", Drop.photo("png", 0x223344));
        drop.put("dog.json", "{\"prompt\": \"the dog runs\", \"duration\": \"7\", \"seed\": 0, \"watermark\": true}");
        drop.put("dog.PNG", Drop.photo("png", 0x334455));

        drop.awaitFiles(drop.folder.done(), "cat.png", "cat.txt", "dog.PNG", "dog.json");

        assertThat(drop.simulator.requests())
                .extracting(ReceivedRequest::prompt)
                .containsExactlyInAnyOrder("the cat yawns", "the dog runs");
        assertThat(drop.record("dog.json").path("prompt").asText()).isEqualTo("the dog runs");
        assertThat(drop.record("dog.json").path("parameters").toString())
                .contains("\"duration\":7", "\"seed\":0", "\"watermark\":true");
        assertThat(drop.record("dog.json").path("seconds").asInt()).isEqualTo(7);
        assertThat(drop.record("dog.json").path("model").asText()).isEqualTo("alibaba/hh1-i2v");
        assertThat(drop.record("dog.json").path("logId").asText()).isNotEmpty();
        assertThat(drop.record("dog.json").path("url").asText())
                .startsWith("http")
                .doesNotContain("?");
    }

    @Test
    void equalNamesNeverOverwriteOneAnother() throws Exception {
        Files.writeString(drop.folder.out().resolve("twin.json"), "older");
        Files.writeString(drop.folder.done().resolve("twin.txt"), "older");
        drop.put("twin.txt", "the twins yawn");
        drop.put("twin.jpg", Drop.photo("jpg", 0x445566));
        drop.put("twin.png", Drop.photo("png", 0x556677));

        await().untilAsserted(
                        () -> assertThat(Drop.names(drop.folder.in(), "twin")).isEmpty());

        assertThat(Drop.names(drop.folder.out(), "twin"))
                .containsExactly("twin-2.json", "twin-2.mp4", "twin-3.json", "twin-3.mp4", "twin.json");
        assertThat(drop.simulator.requests())
                .extracting(ReceivedRequest::prompt)
                .containsOnly("the twins yawn");
        assertThat(Drop.names(drop.folder.done(), "twin")).hasSize(5).contains("twin.txt", "twin-2.txt", "twin-3.txt");
        assertThat(drop.folder.done().resolve("twin.txt")).hasContent("older");
    }

    @Test
    void theSamePhotoTwiceIsTwoVideos() throws Exception {
        byte[] photo = Drop.photo("png", 0x667788);
        drop.put("one.png", photo);
        drop.put("two.png", photo);

        drop.awaitFiles(drop.folder.done(), "one.png", "two.png");

        assertThat(Drop.names(drop.folder.out())).contains("one.mp4", "two.mp4");
        assertThat(drop.simulator.charges()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(drop.staged()).isEmpty());
    }

    @Test
    void aLineTellsEachMove() throws Exception {
        drop.put("line.jpg", Drop.photo("jpg", 0x778899));

        drop.awaitLine("line.mp4");

        assertThat(drop.terminal().lines().filter(line -> line.contains("line.jpg")))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("waiting"),
                        line -> assertThat(line).endsWith("sending"),
                        line -> assertThat(line).endsWith("generated, downloading"),
                        line -> assertThat(line).contains("line.mp4", "5 s of video"));
    }

    @Test
    void otherFilesAreLetAlone() throws Exception {
        drop.put("notes.pdf", "%PDF-");
        drop.put(".hidden.jpg", Drop.photo("jpg", 0x8899aa));
        drop.put("seen.jpg", Drop.photo("jpg", 0x99aabb));

        drop.awaitFiles(drop.folder.done(), "seen.jpg");

        assertThat(Drop.names(drop.folder.in())).containsExactly(".hidden.jpg", "notes.pdf");
    }
}
