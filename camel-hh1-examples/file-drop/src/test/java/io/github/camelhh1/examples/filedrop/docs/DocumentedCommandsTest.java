package io.github.camelhh1.examples.filedrop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.examples.filedrop.runs.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the example's README reach the program, which understands them. */
class DocumentedCommandsTest {
    private static final Pattern PROPERTY = Pattern.compile("-D(drop[.]\\w+)=([^\\s\"`]+)");

    static Stream<String> commands() throws IOException {
        return Files.readString(Path.of("README.md")).lines().filter(line -> line.startsWith("mvn -q -Pdemo"));
    }

    private static Map<String, String> properties(String text) {
        Map<String, String> properties = new HashMap<>();
        PROPERTY.matcher(text).results().forEach(found -> properties.put(found.group(1), found.group(2)));
        return properties;
    }

    private static Optional<RunCommand> understood(Map<String, String> properties) {
        List<String> problems = new ArrayList<>();
        Optional<RunCommand> command = RunCommand.read(properties::get, problems);
        assertThat(problems).isEmpty();
        return command;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isUnderstood(String command) {
        Map<String, String> properties = properties(command);
        boolean settles = Stream.of("drop.runs", "drop.adopt", "drop.forget").anyMatch(properties::containsKey);

        assertThat(understood(properties).isPresent()).isEqualTo(settles);
    }

    @Test
    void showAdoptAndForgetAreThere() throws IOException {
        assertThat(commands()
                        .map(DocumentedCommandsTest::properties)
                        .flatMap(properties -> understood(properties).stream()))
                .hasExactlyElementsOfTypes(RunCommand.Show.class, RunCommand.Adopt.class, RunCommand.Forget.class);
    }
}
