package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A photo or its sidecar is replaced, or cannot be read, at a moment that is not that of the video's making. */
class ChangedAtTheWrongMomentTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path root;

    @Test
    void aPhotoThatIsReplacedWhileItsTaskGoesOnHasItsVideoLaterAndNoNote() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        try (Hh1Simulator simulator = Drop.simulator()) {
            simulator.next(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
            try (Drop drop = Drop.againstTasks(simulator, root, "java", "5000")) {
                drop.put("cat.png", Drop.photo("png", 0x616263));
                await().atMost(LIMIT).until(() -> drop.runs("UNKNOWN") == 1);

                drop.replace("cat.png", Drop.photo("png", 0x717273));

                drop.awaitFiles(drop.folder.done(), "cat.png");
                gate.complete(null);
                await().atMost(LIMIT).until(() -> simulator.charges() == 2);
                await().atMost(LIMIT).until(() -> drop.runs("COMPLETED") == 2);
                assertThat(drop.folder.failed()).isEmptyDirectory();
            }
        }
    }

    /** It is a regular file, and every read fails: as one of another user, or on a share that is gone. */
    @Test
    void aPhotoWhoseSidecarCannotBeReadFailsOnce() throws Exception {
        try (Drop drop = Drop.inJava(root)) {
            Files.createSymbolicLink(root.resolve("in/cat.txt"), Path.of("/proc/self/mem"));
            drop.put("cat.png", Drop.photo("png", 0x616263));

            drop.awaitFiles(drop.folder.failed(), "cat.png", "cat.error.txt");
        }
    }
}
