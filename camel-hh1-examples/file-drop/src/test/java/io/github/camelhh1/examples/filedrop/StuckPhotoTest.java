package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelhh1.examples.filedrop.photo.KeptVideos;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A photo that cannot be moved away is still in {@code in}, and must not be paid for again and again. */
class StuckPhotoTest {
    @TempDir
    private Path root;

    @Test
    void isSentOnce() throws Exception {
        try (Drop drop = Drop.inJava(root)) {
            Files.delete(drop.folder.done());
            Files.createFile(drop.folder.done());
            drop.put("first.png", Drop.photo("png", 0x3a3b3c));
            drop.awaitLine("first.mp4");

            drop.put("second.png", Drop.photo("png", 0x4a4b4c));
            drop.awaitLine("second.mp4");

            assertThat(drop.simulator.requests()).hasSize(2);
            assertThat(Drop.names(drop.folder.in())).containsExactly("first.png", "second.png");
            assertThat(Drop.names(drop.folder.out()))
                    .containsExactly("first.json", "first.mp4", "second.json", "second.mp4");
        }
    }

    @Test
    void isMovedByTheNextProgramAndNotPaidAgain() throws Exception {
        try (Hh1Simulator simulator = Drop.simulator()) {
            try (Drop drop = Drop.against(simulator, root, "java")) {
                Files.delete(drop.folder.done());
                Files.createFile(drop.folder.done());
                drop.put("stuck.png", Drop.photo("png", 0x7a7b7c));
                drop.awaitLine("stuck.mp4");
            }
            Files.delete(root.resolve("done"));
            try (Drop next = Drop.against(simulator, root, "yaml")) {
                next.awaitFiles(next.folder.done(), "stuck.png");
                assertThat(Drop.names(next.folder.out())).containsExactly("stuck.json", "stuck.mp4");
            }
            assertThat(simulator.charges()).isEqualTo(1);
        }
    }

    @Test
    void isRefusedOnce() throws Exception {
        try (Drop drop = Drop.inJava(root)) {
            Files.delete(drop.folder.failed());
            Files.createFile(drop.folder.failed());
            drop.put("bad.json", "{");
            drop.put("bad.png", Drop.photo("png", 0x5a5b5c));
            drop.awaitLine("failed bad.json is not a JSON object");

            drop.put("good.png", Drop.photo("png", 0x6a6b6c));
            drop.awaitLine("good.mp4");

            assertThat(drop.terminal().lines().filter(line -> line.contains("failed bad.json")))
                    .hasSize(1);
        }
    }

    /** Its program ended between the download and {@code out}. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void getsTheVideoThatWasFetchedForItThoughTheLinkHasExpired(String routes) throws Exception {
        byte[] photo = Drop.photo("png", 0x8a8b8c);
        try (Hh1Simulator simulator = Drop.simulator()) {
            byte[] video;
            try (Drop drop = Drop.against(simulator, root, routes)) {
                drop.put("cat.png", photo);
                drop.awaitFiles(drop.folder.done(), "cat.png");
                drop.stop();
                JsonNode record = drop.record("cat.json");
                String name = KeptVideos.downloadName(
                        record.path("runId").asText(), record.path("url").asText());
                video = Files.readAllBytes(drop.folder.video("cat"));
                Files.move(drop.folder.video("cat"), drop.folder.downloads().resolve(name + ".mp4"));
                Files.delete(drop.folder.record("cat"));
                Files.move(
                        drop.folder.done().resolve("cat.png"), drop.folder.in().resolve("cat.png"));
                drop.expireLinks();
            }
            try (Drop next = Drop.against(simulator, root, routes)) {
                next.awaitFiles(next.folder.done(), "cat.png");
                assertThat(next.folder.video("cat")).hasBinaryContent(video);
                assertThat(next.record("cat.json").path("bytes").asInt()).isEqualTo(video.length);
                assertThat(Drop.names(next.folder.downloads())).isEmpty();
            }
            assertThat(simulator.charges()).isEqualTo(1);
        }
    }
}
