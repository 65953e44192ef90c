package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that has neither JMX of Camel nor tracing makes its videos. */
class WithoutOptionalJarsTest {
    @TempDir
    Path directory;

    @Test
    void theComponentStartsAndNothingIsMissed() throws Exception {
        ForkedJvm ended = ForkedJvm.run(
                directory,
                jar -> !jar.matches("camel-(management|telemetry|console).*"),
                List.of(),
                WithoutOptionalJarsMain.class);

        assertThat(ended.out()).contains("video", "console");
        assertThat(ended.log()).noneMatch(line -> line.contains("NoClassDefFound") || line.contains("ClassNotFound"));
    }
}
