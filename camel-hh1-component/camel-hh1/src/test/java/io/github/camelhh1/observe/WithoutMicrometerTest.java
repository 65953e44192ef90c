package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Micrometer is optional: an application without it, or without a registry, loads no class that needs it. */
class WithoutMicrometerTest {
    @TempDir
    Path directory;

    private String made(Predicate<String> entries) throws Exception {
        ForkedJvm application =
                ForkedJvm.run(directory, entries, List.of("-Xmx256m", "-Xverify:all"), CoreOnlyMain.class);
        assertThat(application.log())
                .noneMatch(line -> line.contains("NoClassDefFoundError") || line.contains("icrometer"));
        return application.out().get(application.out().size() - 1);
    }

    @Test
    void anApplicationWithoutMicrometerMakesVideos() throws Exception {
        assertThat(made(entry -> !entry.startsWith("micrometer"))).isEqualTo("made true, Micrometer false");
    }

    @Test
    void anApplicationWithoutARegistryMakesVideos() throws Exception {
        assertThat(made(entry -> true)).isEqualTo("made true, Micrometer true");
    }
}
