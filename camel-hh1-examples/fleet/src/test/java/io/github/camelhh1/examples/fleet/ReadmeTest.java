package io.github.camelhh1.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README names every setting that the worker reads, and every file that it links is there. */
class ReadmeTest {
    private static final Path SETTINGS =
            Path.of("src/main/java/io/github/camelhh1/examples/fleet/settings/WorkerSettings.java");

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }

    @Test
    void everySettingIsInTheTable() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        List<String> variables = found("\"((?:FLEET|HH1|SQS|AWS|CLOUDFLARE)_[A-Z_0-9]+)\"", Files.readString(SETTINGS));

        assertThat(variables).hasSizeGreaterThan(15).allSatisfy(variable -> assertThat(readme)
                .contains("`" + variable + "`"));
        assertThat(found("`(FLEET_[A-Z_]+)`", readme)).allMatch(variables::contains);
    }

    @Test
    void everyLinkedFileIsThere() throws IOException {
        assertThat(found("\\]\\(([^)]+)\\)", Files.readString(Path.of("README.md"))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }
}
