package io.github.camelhh1.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring Boot loads no class of the auto-configuration that the application's class path cannot link. */
class WithoutCamelSpringBootTest {
    @TempDir
    Path directory;

    private String started(Predicate<String> entries) throws Exception {
        ForkedJvm application = ForkedJvm.run(directory, entries, List.of("-Xmx256m"), BootMain.class);
        return application.out().get(application.out().size() - 1);
    }

    @Test
    void anApplicationWithCamelSpringBootIsConfigured() throws Exception {
        assertThat(started(entry -> true)).isEqualTo("started true");
    }

    @Test
    void anApplicationWithoutCamelSpringBootStarts() throws Exception {
        assertThat(started(entry -> !entry.startsWith("camel-spring"))).isEqualTo("started false");
    }

    @Test
    void anApplicationWithoutTheActuatorIsConfigured() throws Exception {
        assertThat(started(entry -> !entry.startsWith("spring-boot-actuator"))).isEqualTo("started true");
    }
}
