package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.CapturedLog;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A production that was left on the simulator is told so. */
class SimulatorBackendTest {
    @RegisterExtension
    static final Bench BENCH = new Bench();

    private static List<String> warnings(String... uris) {
        try (CapturedLog log = CapturedLog.start()) {
            for (String uri : uris) {
                BENCH.add(new RouteBuilder() {
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
        BENCH.context().addComponent("hh1-eu", new Hh1Component());
        assertThat(warnings("hh1:generate?backend=simulator", "hh1-eu:generate?backend=simulator"))
                .hasSize(2)
                .anyMatch(line -> line.contains("component hh1-eu"));
    }

    @Test
    void eachStartSaysItAnew() throws Exception {
        assertThat(warnings("hh1:generate?backend=simulator")).hasSize(1);
        BENCH.context().getRouteController().stopAllRoutes();
        BENCH.restart(component -> {});
        try (CapturedLog log = CapturedLog.start()) {
            BENCH.context().getRouteController().startAllRoutes();
            assertThat(log.text()).containsOnlyOnce("no real video is made");
        }
    }

    @Test
    void theServiceItselfIsNoReasonToWarn() {
        assertThat(warnings("hh1:generate")).isEmpty();
    }
}
