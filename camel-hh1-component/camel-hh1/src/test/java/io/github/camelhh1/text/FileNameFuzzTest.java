package io.github.camelhh1.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every name becomes one ordinary name. */
class FileNameFuzzTest {
    private static final int INPUTS = Fuzz.inputs(20_000);
    private static final Path DIRECTORY = Path.of("/videos");
    private static final String[] NAMES = {
        "in/2026/photo.final.jpeg",
        "C:\\photos\\beach.JPG",
        "../../etc/passwd",
        "\u5199\u771f.webp",
        "con.png",
        "e\u0301.mp4"
    };
    private static final String[] HURTING = {
        "/",
        "\\",
        "..",
        ".",
        ":",
        "\u0000",
        "%2f",
        "\u202e",
        "NUL",
        "COM1.",
        " ",
        "-",
        "\ud800",
        "\u0301".repeat(50),
        "x".repeat(300)
    };

    @Test
    void becomesAnOrdinaryName() {
        Fuzz.every(INPUTS, FileNameFuzzTest::read);
    }

    private static void read(Random random) {
        String name = Fuzz.mutated(NAMES[random.nextInt(NAMES.length)], random, HURTING);

        String base = SafeFileName.baseName(name, "video");

        boolean inside =
                DIRECTORY.equals(DIRECTORY.resolve(base + ".mp4").normalize().getParent());
        boolean edges = base.startsWith(".") || base.startsWith("-") || base.startsWith(" ") || base.endsWith(".");
        boolean plain = base.chars().noneMatch(c -> c < 32 || "/\\:*?\"<>|\u007f\u202e".indexOf(c) >= 0);
        int bytes = base.getBytes(StandardCharsets.UTF_8).length;
        assertThat(!base.isEmpty() && inside && !edges && plain && bytes <= 201)
                .as(() -> "\"" + name + "\" gave \"" + base + "\"")
                .isTrue();
    }
}
