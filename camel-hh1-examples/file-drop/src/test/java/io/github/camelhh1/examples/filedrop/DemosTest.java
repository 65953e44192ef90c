package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the READMEs, on a copy of the sources. */
@Tag("crash")
class DemosTest {
    @TempDir
    private static Path sources;

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
}
