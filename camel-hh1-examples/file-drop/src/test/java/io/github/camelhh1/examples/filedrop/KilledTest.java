package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.VideoReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program in a JVM of its own is killed with SIGKILL, and the next one takes over its folder. */
@Tag("crash")
class KilledTest {
    @TempDir
    private Path root;

    private final Hh1Simulator simulator = Drop.simulator();
    private DropFolder folder;

    @BeforeEach
    void drop() throws Exception {
        folder = new DropFolder(root);
        folder.create();
        Drop.put(folder, "cat.txt", "the cat yawns".getBytes());
        Drop.put(folder, "cat.png", Drop.photo("png", 0x0b0b0b));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    /** The next program brings the photo to its end, in either form of the routes. */
    private void photoEndsWithOneVideo(String routes) throws Exception {
        try (Drop next = Drop.against(simulator, root, routes)) {
            next.awaitFiles(folder.done(), "cat.png", "cat.txt");
            assertThat(next.record("cat.json").path("bytes").asLong())
                    .isEqualTo(Files.size(folder.video("cat")))
                    .isPositive();
        }
        assertThat(folder.out().resolve("cat-2.mp4")).doesNotExist();
        assertThat(folder.out().resolve("cat-2.json")).doesNotExist();
        assertThat(Drop.names(folder.in())).isEmpty();
        assertThat(Drop.names(folder.failed())).isEmpty();
        assertThat(Drop.names(folder.downloads())).isEmpty();
        assertThat(simulator.charges()).isEqualTo(1);
        assertThat(simulator.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before videoReady", "after recordVideo", "before keepVideo"})
    void afterAStepOfTheRoute(String step) throws Exception {
        try (DropProcess first = DropProcess.haltingAt(step, folder, simulator)) {
            first.awaitLine("halted");
            first.kill();
        }
        assertThat(Drop.names(folder.in())).containsExactly("cat.png", "cat.txt");
        // As if it had begun to put the video into out: Camel calls it by the photo's name until it is whole.
        Files.write(folder.out().resolve(".cat.png"), new byte[1000]);

        photoEndsWithOneVideo(step.startsWith("after") ? "yaml" : "java");
    }

    /** The video is fetched and has no place in out yet, and its program is started again on another day. */
    @ParameterizedTest
    @ValueSource(strings = {"before recordVideo", "after recordVideo"})
    void betweenDownloadAndOutForLongerThanTheLinkLives(String step) throws Exception {
        try (DropProcess first = DropProcess.haltingAt(step, folder, simulator)) {
            first.awaitLine("halted");
            first.kill();
        }
        Drop.expireLinks(folder);

        photoEndsWithOneVideo(step.startsWith("after") ? "yaml" : "java");
    }

    @Test
    void betweenPhotoAndSidecar() throws Exception {
        try (DropProcess first = DropProcess.haltingAt("before keepVideo", folder, simulator)) {
            first.awaitLine("halted");
            first.kill();
        }
        // The step deletes its download before it moves the photo.
        DropFolder.empty(folder.downloads());
        // This moment is too short to be hit from outside, so the test makes the folder as it would be.
        Files.writeString(root.resolve(".moving.json"), """
                {"moves": [{"from": "in/cat.png", "to": "done/cat.png", "copied": false},
                           {"from": "in/cat.txt", "to": "done/cat.txt", "copied": false}], "notes": {}}""");
        Files.move(folder.in().resolve("cat.png"), folder.done().resolve("cat.png"));

        photoEndsWithOneVideo("java");
    }

    @Test
    void whileTheVideoComes() throws Exception {
        simulator.scriptVideo(VideoReply.whole().stallingAfter(1000));
        try (DropProcess first = DropProcess.start(folder, simulator)) {
            first.awaitThat(() -> folder.downloads().toFile().list().length > 0);
            first.kill();
        }
        assertThat(Drop.names(folder.downloads())).isNotEmpty();

        photoEndsWithOneVideo("java");
    }

    @Nested
    class WhileTheVideoIsMade {

        @BeforeEach
        void kill() throws Exception {
            simulator.next(Reply.completed().heldUntil(new CompletableFuture<>()));
            try (DropProcess first = DropProcess.start(folder, simulator)) {
                first.awaitThat(() -> simulator.inFlight() == 1);
                first.kill();
            }
        }

        @Test
        void thePhotoIsHeldAndNotSentAgain() throws Exception {
            try (Drop next = Drop.against(simulator, root, "java")) {
                assertThat(next.awaitNote("cat.error.txt"))
                        .contains("Money:         unknown", "-Ddrop.adopt=", "-Ddrop.forget=")
                        .contains("-Ddrop.dir=" + root);
                next.awaitFiles(folder.failed(), "cat.png", "cat.txt");
            }
            assertThat(simulator.requests()).hasSize(1);
        }
    }

    /** Wherever it happens: four kills, each at another line that the program prints, then one that is left alone. */
    @Test
    void anywhere() throws Exception {
        List<String> photos = List.of("cat.png", "b.png", "c.png", "d.png", "e.png", "f.png");
        for (int i = 1; i < photos.size(); i++) {
            Drop.put(folder, photos.get(i), Drop.photo("png", 0x0c0c0c + i));
        }
        simulator.when(request -> true).reply(Reply.completed().delayedBy(Duration.ofMillis(100)));
        for (int lines : new int[] {7, 9, 12, 8}) {
            try (DropProcess program = DropProcess.start(folder, simulator)) {
                program.awaitThat(() -> program.terminal().lines().count() > lines || isEmpty(folder));
                program.kill();
            }
        }
        try (Drop last = Drop.against(simulator, root, "java")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> isEmpty(last.folder));
        }

        for (String photo : photos) {
            String name = photo.replace(".png", "");
            boolean done = Files.exists(folder.done().resolve(photo));
            assertThat(folder.video(name).toFile()).as("video of %s", photo).matches(file -> file.exists() == done);
            assertThat(Files.exists(folder.failed().resolve(photo))).isEqualTo(!done);
            assertThat(Files.exists(folder.failed().resolve(name + ".error.txt")))
                    .isEqualTo(!done);
        }
        assertThat(simulator.requests()).hasSizeLessThanOrEqualTo(photos.size());
        assertThat(Drop.names(folder.out())).noneMatch(name -> name.contains("-2"));
    }

    private static boolean isEmpty(DropFolder folder) {
        return folder.photos().isEmpty();
    }
}
