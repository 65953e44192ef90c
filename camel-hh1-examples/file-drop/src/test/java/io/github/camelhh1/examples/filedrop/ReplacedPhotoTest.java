package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another file takes the place of a photo, or of its sidecar, while the service makes the video. One drop for all. */
class ReplacedPhotoTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path root;

    private static Drop drop;
    private static int colour = 0x515253;

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private byte[] first;
    private byte[] second;

    @BeforeAll
    static void watch() throws Exception {
        drop = Drop.inJava(root);
    }

    @AfterAll
    static void stop() throws Exception {
        drop.close();
    }

    @BeforeEach
    void paint() throws Exception {
        drop.simulator.reset();
        first = Drop.photo("png", colour++);
        second = Drop.photo("png", colour++);
    }

    /** The service has the photo, and answers when the gate opens. */
    private void send(String name, Reply reply) throws Exception {
        drop.simulator.next(reply.heldUntil(gate));
        drop.put(name, first);
        await().atMost(LIMIT).until(() -> drop.simulator.inFlight() == 1);
    }

    private void open() {
        gate.complete(null);
    }

    @Nested
    class WhenTheVideoIsMade {

        @Test
        void theNewPhotoGetsAVideoOfItsOwn() throws Exception {
            send("cat.png", Reply.completed());
            drop.replace("cat.png", second);
            open();

            drop.awaitLine("cat-2.mp4");

            drop.awaitFiles(drop.folder.done(), "cat.png");
            assertThat(drop.folder.done().resolve("cat.png")).hasBinaryContent(second);
            assertThat(Drop.names(drop.folder.done(), "cat")).containsExactly("cat.png");
            assertThat(Drop.names(drop.folder.out(), "cat"))
                    .containsExactly("cat-2.json", "cat-2.mp4", "cat.json", "cat.mp4");
            assertThat(drop.simulator.charges()).isEqualTo(2);
        }

        @Test
        void thePhotoWithANewSidecarGetsASecondVideo() throws Exception {
            drop.put("dog.txt", "the dog runs");
            send("dog.png", Reply.completed());
            drop.replace("dog.txt", "the dog sleeps".getBytes(StandardCharsets.UTF_8));
            open();

            drop.awaitLine("dog-2.mp4");

            drop.awaitFiles(drop.folder.done(), "dog.png", "dog.txt");
            assertThat(drop.folder.done().resolve("dog.txt")).hasContent("the dog sleeps");
            assertThat(drop.simulator.requests())
                    .extracting(ReceivedRequest::prompt)
                    .containsExactly("the dog runs", "the dog sleeps");
        }

        @Test
        void theNewPhotoKeepsTheSidecarOfTheFirst() throws Exception {
            drop.put("cow.txt", "the cow eats");
            send("cow.png", Reply.completed());
            drop.replace("cow.png", second);
            open();

            drop.awaitFiles(drop.folder.done(), "cow.png", "cow.txt");

            assertThat(drop.simulator.requests())
                    .extracting(ReceivedRequest::prompt)
                    .containsExactly("the cow eats", "the cow eats");
        }

        @Test
        void thePhotoThatIsSavedAgainAsItWasIsDone() throws Exception {
            send("hen.png", Reply.completed());
            drop.replace("hen.png", first);
            open();

            drop.awaitFiles(drop.folder.done(), "hen.png");

            assertThat(drop.simulator.charges()).isEqualTo(1);
            assertThat(Drop.names(drop.folder.out(), "hen")).containsExactly("hen.json", "hen.mp4");
        }

        @Test
        void aPhotoThatComesAfterTheFirstWasDeletedGetsAVideoOfItsOwn() throws Exception {
            send("fox.png", Reply.completed());
            Files.delete(drop.folder.in().resolve("fox.png"));
            open();
            drop.awaitLine("fox.mp4");

            drop.put("fox.png", second);

            drop.awaitLine("fox-2.mp4");
            drop.awaitFiles(drop.folder.done(), "fox.png");
        }
    }

    @Nested
    class WhenTheVideoFails {

        @Test
        void theNewPhotoIsSentAndTheNoteSaysThatTheFirstIsGone() throws Exception {
            send("owl.png", Reply.error(400, 7003, "prompt was refused"));
            drop.replace("owl.png", second);
            open();

            assertThat(drop.awaitNote("owl.error.txt"))
                    .contains("prompt was refused", "nothing was paid", "has changed in the folder in");
            drop.awaitFiles(drop.folder.done(), "owl.png");
            assertThat(drop.folder.done().resolve("owl.png")).hasBinaryContent(second);
            assertThat(Drop.names(drop.folder.failed(), "owl")).containsExactly("owl.error.txt");
        }

        @Test
        void theNewPhotoIsNotHeldWithTheFirst() throws Exception {
            send("elk.png", Reply.html(502));
            drop.replace("elk.png", second);
            open();

            assertThat(drop.awaitNote("elk.error.txt")).contains("Money:         unknown", "-Ddrop.adopt=");
            drop.awaitFiles(drop.folder.done(), "elk.png");
            assertThat(Drop.names(drop.folder.failed(), "elk")).containsExactly("elk.error.txt");
            assertThat(drop.simulator.requests()).hasSize(2);
        }
    }
}
