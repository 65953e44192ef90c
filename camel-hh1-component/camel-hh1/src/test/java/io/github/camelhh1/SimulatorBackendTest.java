package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.TestContext;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A warning for a production that was left on the simulator. */
class SimulatorBackendTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static List<String> warnings(String... uris) {
        try (CapturedLog log = CapturedLog.start()) {
            for (String uri : uris) {
                CAMEL.add(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:" + uri.hashCode()).to(uri);
                    }
                });
            }
            return log.text()
                    .lines()
                    .filter(line -> line.contains("WARN") && line.contains("backend=simulator"))
                    .toList();
        }
    }

    @Test
    void itsComponentIsNamedOnceAndWhatThatMeans() {
        assertThat(warnings("hh1:generate?backend=simulator", "hh1:generate?backend=simulator&duration=4"))
                .singleElement()
                .asString()
                .contains("component hh1", "no real video is made", "nothing is paid");
    }

    @Test
    void eachComponentIsNamedByItself() {
        CAMEL.context().addComponent("hh1-eu", new Hh1Component());
        assertThat(warnings("hh1:generate?backend=simulator", "hh1-eu:generate?backend=simulator"))
                .hasSize(2)
                .anyMatch(line -> line.contains("component hh1-eu"));
    }

    @Test
    void eachStartSaysItAnew() throws Exception {
        assertThat(warnings("hh1:generate?backend=simulator")).hasSize(1);
        CAMEL.context().getRouteController().stopAllRoutes();
        CAMEL.restart(component -> {});
        try (CapturedLog log = CapturedLog.start()) {
            CAMEL.context().getRouteController().startAllRoutes();
            assertThat(log.text()).containsOnlyOnce("no real video is made");
        }
    }

    @Test
    void theServiceItselfIsNoReasonToWarn() {
        assertThat(warnings("hh1:generate")).isEmpty();
    }
}
