package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** All threads that Camel makes are virtual ones. Camel's switch is read once per JVM, so this takes a JVM of its own. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsWithPatternsTest {
    @TempDir
    private Path directory;

    @Test
    void readEachVideoWhereverItGetsToAndPayForItOnce() throws Exception {
        ForkedJvm ended =
                ForkedJvm.run(directory, List.of("-Dcamel.threads.virtual.enabled=true"), EveryPatternMain.class);
        assertThat(ended.out()).as(ended::end).contains("all=true paid=12");
    }
}
