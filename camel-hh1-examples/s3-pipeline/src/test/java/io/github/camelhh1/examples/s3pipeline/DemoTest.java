package io.github.camelhh1.examples.s3pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that people run. */
class DemoTest {
    @TempDir
    private Path directory;

    @Test
    void makesThreeVideosAndEnds() throws Exception {
        Files.writeString(directory.resolve("hh1.db"), "of an earlier run: it would not even open with this");
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        Settings settings = Settings.read(name -> null, Map.of("pipeline.demo.dir", directory.toString())::get);

        try (Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start()) {
            Console console = new Console(new PrintStream(terminal, true));
            assertThat(Demo.run(settings, console, PipelineFixture.impatient(simulator)))
                    .isZero();
        }

        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .contains("horse.jpg", "lighthouse.png", "tea.webp", "alibaba/hh1-i2v", "sha256", "copied to")
                .doesNotContain("failed");
        assertThat(videos()).isEqualTo(3);
    }

    private long videos() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("videos"))) {
            return files.filter(file -> file.toString().endsWith(".mp4")).count();
        }
    }
}
