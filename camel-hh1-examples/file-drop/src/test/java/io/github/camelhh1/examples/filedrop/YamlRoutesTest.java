package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.simulator.ReceivedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The YAML form does what the Java form does. */
class YamlRoutesTest {
    @TempDir
    private Path root;

    @Test
    void photosBecomeVideosOrFail() throws Exception {
        try (Drop drop = Drop.inYaml(root)) {
            drop.put("good.txt", "a good day");
            drop.put("good.jpg", Drop.photo("jpg", 0x1c1d1e));
            drop.put("bad.json", "{\"duration\": 16}");
            drop.put("bad.png", Drop.photo("png", 0x2c2d2e));

            drop.awaitFiles(drop.folder.done(), "good.jpg", "good.txt");

            assertThat(drop.awaitNote("bad.error.txt")).contains("duration", "nothing was paid");
            assertThat(Drop.names(drop.folder.out())).containsExactly("good.json", "good.mp4");
            assertThat(drop.record("good.json").path("prompt").asText()).isEqualTo("a good day");
            assertThat(drop.simulator.requests())
                    .singleElement()
                    .extracting(ReceivedRequest::prompt)
                    .isEqualTo("a good day");
            await().untilAsserted(() -> assertThat(drop.staged()).isEmpty());
        }
    }

    @Test
    void aVideoThatIsThereIsTakenAlsoWhenItsLinkHasExpired() throws Exception {
        try (Drop drop = Drop.inYaml(root)) {
            drop.put("once.jpg", Drop.photo("jpg", 0x3c3d3e));
            drop.awaitFiles(drop.folder.done(), "once.jpg");
            drop.expireLinks();
            drop.put("once.jpg", Files.readAllBytes(drop.folder.done().resolve("once.jpg")));

            drop.awaitFiles(drop.folder.done(), "once-2.jpg");
            Files.delete(drop.folder.video("once"));
            drop.put("once.jpg", Files.readAllBytes(drop.folder.done().resolve("once.jpg")));

            assertThat(drop.awaitNote("once.error.txt")).contains("expired", "-Ddrop.forget=");
            assertThat(drop.simulator.charges()).isEqualTo(1);
        }
    }
}
