package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ctrl+C does to the photos in the folder. */
class StoppingTest {
    @TempDir
    private Path root;

    @Test
    void aSentPhotoIsFinishedAndTheOthersStay() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        Map<String, String> oneAtATime = Map.of("camel.component.hh1.maxInFlight", "1");
        try (Drop drop = Drop.with(root, Clock.systemUTC(), oneAtATime)) {
            drop.simulator.next(Reply.completed().heldUntil(release));
            drop.put("a.png", Drop.photo("png", 0x0a0b0c));
            drop.put("b.png", Drop.photo("png", 0x1a1b1c));
            drop.put("c.png", Drop.photo("png", 0x2a2b2c));
            await().untilAsserted(() -> assertThat(drop.simulator.inFlight()).isEqualTo(1));
            drop.awaitLine("c.png             waiting");

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(drop::stop);
            drop.awaitLine("not sent, stays in the folder");
            release.complete(null);
            stopped.join();

            assertThat(Drop.names(drop.folder.done())).containsExactly("a.png");
            assertThat(Drop.names(drop.folder.out())).containsExactly("a.json", "a.mp4");
            assertThat(Drop.names(drop.folder.in())).containsExactly("b.png", "c.png");
            assertThat(Drop.names(drop.folder.failed())).isEmpty();
            assertThat(drop.simulator.requests()).hasSize(1);
            assertThat(drop.terminal().lines().filter(line -> line.contains("not sent")))
                    .hasSize(1);
        }
    }
}
