package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that still runs. */
class HalfCopiedPhotoTest {
    @TempDir
    private Path root;

    @Test
    void waitsUntilItIsWhole() throws Exception {
        byte[] whole = Drop.photo("png", 0x0c0d0e);
        byte[] firstHalf = Arrays.copyOf(whole, whole.length / 2);
        byte[] secondHalf = Arrays.copyOfRange(whole, whole.length / 2, whole.length);
        TickedClock clock = new TickedClock();
        try (Drop drop = Drop.with(root, clock, Map.of("drop.quiet", "10s"))) {
            Path copy = drop.folder.in().resolve("slow.png");
            Files.write(copy, firstHalf);
            drop.awaitLine("slow.png          waiting");
            clock.advance(Duration.ofSeconds(9));
            Files.write(copy, secondHalf, StandardOpenOption.APPEND);
            assertThat(drop.simulator.requests()).isEmpty();

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                clock.advance(Duration.ofSeconds(3));
                assertThat(Drop.names(drop.folder.done())).containsExactly("slow.png");
            });

            assertThat(drop.simulator.requests()).singleElement().satisfies(request -> assertThat(request.image())
                    .contains(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(whole))));
        }
    }
}
