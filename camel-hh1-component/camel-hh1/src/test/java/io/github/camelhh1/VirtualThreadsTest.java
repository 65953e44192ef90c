package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camel's switch for virtual threads is read once per JVM, so each of these has a JVM of its own. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRouteGoesOnOnThreadsOfTheKindThatCamelWasToldToUse(boolean virtual) throws Exception {
        ForkedJvm ended = ForkedJvm.run(
                directory, List.of("-Dcamel.threads.virtual.enabled=" + virtual), VirtualThreadsMain.class);
        assertThat(ended.out()).contains("virtual=" + virtual);
    }
}
