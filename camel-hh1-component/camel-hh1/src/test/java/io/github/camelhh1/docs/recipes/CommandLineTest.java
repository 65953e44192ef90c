package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The files of the recipe, in Camel Main. Their folders and their ledger lie in a directory of the test. */
class CommandLineTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    @TempDir
    Path directory;

    private Path file(String language, String name) throws IOException {
        String recipe = Files.readString(Path.of("src/main/docs/recipes.md")).split("## Camel's command line")[1];
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(recipe);
        assertThat(block.find()).isTrue();
        String text = block.group(1)
                .replace("file:photos", "file:" + directory.resolve("photos"))
                .replace("file:videos", "file:" + directory.resolve("videos"))
                .replace("sqlite:hh1.db", "sqlite:" + directory.resolve("hh1.db"));
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void aPhotoBecomesAVideoAndAStopWaitsForCalls() throws Exception {
        Hh1Simulator simulator = SIMULATOR.simulator();
        var main = new Main();
        main.bind("simulator", simulator);
        main.addOverrideProperty("camel.main.profile", "prod");
        main.addOverrideProperty("camel.main.routesIncludePattern", "file:" + file("yaml", "photos.camel.yaml"));
        main.setPropertyPlaceholderLocations("file:" + file("properties", "application.properties"));
        Files.createDirectory(directory.resolve("photos"));
        Files.write(directory.resolve("photos/horse.png"), Images.png());
        main.start();
        try {
            await().atMost(TestContext.LIMIT).until(() -> Files.exists(directory.resolve("photos/.camel/horse.png")));

            assertThat(directory.resolve("videos/horse.mp4")).isNotEmptyFile();
            assertThat(simulator.charges()).isEqualTo(1);
            assertThat(main.getCamelContext().getShutdownStrategy().getTimeout())
                    .isEqualTo(1200);
        } finally {
            main.stop();
        }
    }
}
