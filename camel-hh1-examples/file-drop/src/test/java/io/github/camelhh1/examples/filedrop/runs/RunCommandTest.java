package io.github.camelhh1.examples.filedrop.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
    private final Map<String, String> settings = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private Optional<RunCommand> read(String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return RunCommand.read(settings::get, problems);
    }

    @Test
    void nothingSaidIsNoCommand() {
        assertThat(read("drop.links", "whole")).isEmpty();
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"all,", "ALL,", "true,", "unknown, UNKNOWN", "Completed, COMPLETED"})
    void runsMayBeNarrowedToAState(String word, RunState state) {
        assertThat(read("drop.runs", word)).contains(new RunCommand.Show(Optional.ofNullable(state), false));
    }

    @Test
    void linksAreWholeOnlyWhenAskedFor() {
        assertThat(read("drop.runs", "all", "drop.links", "whole"))
                .contains(new RunCommand.Show(Optional.empty(), true));
    }

    @Test
    void aRunIsAdoptedWithItsLinkOrForgotten() {
        assertThat(read("drop.adopt", "ab", "drop.url", "https://x/y"))
                .contains(new RunCommand.Adopt("ab", "https://x/y"));
        settings.clear();
        assertThat(read("drop.forget", "ab")).contains(new RunCommand.Forget("ab"));
    }

    @ParameterizedTest
    @CsvSource({
        "drop.runs, held, drop.links, whole, drop.runs=held is unknown",
        "drop.adopt, ab, drop.links, whole, drop.adopt needs the video's link",
        "drop.url, https://x, drop.links, whole, drop.url belongs to drop.adopt",
        "drop.url, https://x, drop.forget, ab, drop.url belongs to drop.adopt",
        "drop.runs, all, drop.forget, ab, give one of them",
        "drop.adopt, ab, drop.forget, ab, give one of them"
    })
    void whatIsWrongIsNamed(String name, String value, String other, String otherValue, String problem) {
        assertThat(read(name, value, other, otherValue)).isEmpty();
        assertThat(problems).singleElement().asString().contains(problem);
    }
}
