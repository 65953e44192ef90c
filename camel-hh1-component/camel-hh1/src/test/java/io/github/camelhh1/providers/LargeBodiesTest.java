package io.github.camelhh1.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.ForkedJvm;
import io.github.camelhh1.fixture.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A photo of 60 MB, brought in four ways through a JVM that could not hold it. */
class LargeBodiesTest {
    private static final int MEGABYTES = 60;

    @TempDir
    Path directory;

    @Test
    void goesThroughLittleMemory() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("photos"));
        ForkedJvm ended = ForkedJvm.run(
                directory, List.of("-Xmx32m"), LargeBodiesMain.class, folder.toString(), Integer.toString(MEGABYTES));
        String hash = Images.sha256(Images.padded(MEGABYTES));
        assertThat(ended.out()).hasSize(4).allMatch(line -> line.endsWith(hash));
    }
}
