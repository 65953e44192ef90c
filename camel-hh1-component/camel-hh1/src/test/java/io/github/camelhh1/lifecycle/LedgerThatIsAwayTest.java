package io.github.camelhh1.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that cannot be opened when the application starts, and can be later. */
class LedgerThatIsAwayTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private Path place;

    @BeforeEach
    void nameALedgerInADirectoryThatIsMissing() {
        place = directory.resolve("missing");
        var component = new Hh1Component(context);
        component.setLedger(Ledgers.of("jdbc:sqlite:" + place.resolve("hh1.db")));
        component.getConfiguration().setBaseUrl(SIMULATOR.simulator().baseUrl());
        component.getConfiguration().setAccountId(SIMULATOR.simulator().account());
        component.getConfiguration().setApiKey(SIMULATOR.simulator().apiKey());
        context.addComponent("hh1", component);
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
    }

    private void addRoutes(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").routeId("other").setBody(constant("works"));
                from("direct:video").routeId("video").to("hh1:generate" + options);
                from("direct:price").routeId("price").to("hh1:estimate");
            }
        });
    }

    private Exchange send(String uri) {
        return context.createProducerTemplate().request(uri, exchange -> exchange.getMessage()
                .setBody(SIMULATOR.simulator().sampleImageUrl()));
    }

    private HealthCheck.Result health() {
        return HealthCheckHelper.invokeReadiness(context, "full").stream()
                .filter(result -> result.getCheck().getId().equals("hh1-ledger"))
                .findFirst()
                .orElseThrow();
    }

    private void bringTheLedgerBack() throws IOException {
        Files.createDirectory(place);
    }

    @Test
    void failsTheRouteThatNeedsItWithItsReason() throws Exception {
        addRoutes("");

        assertThatThrownBy(context::start).rootCause().hasMessageContaining(place.toString());
    }

    @Test
    void letsAComponentWithoutARouteThatNeedsItStart() {
        context.start();

        assertThat(send("hh1:estimate").getException()).isNull();
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void letsOtherRoutesStartWhereProducersStartLazily() throws Exception {
        addRoutes("?lazyStartProducer=true");
        context.start();

        assertThat(send("direct:other").getMessage().getBody()).isEqualTo("works");
        assertThat(send("direct:price").getException()).isNull();
        assertThat(send("direct:video").getException()).isNotNull();
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage().orElseThrow()).contains(place.toString());

        bringTheLedgerBack();

        assertThat(send("direct:video").getException()).isNull();
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(SIMULATOR.simulator().charges()).isEqualTo(1);
    }

    @Test
    void letsOtherRoutesStartUnderASupervisorWhichStartsTheRouteLater() throws Exception {
        var supervisor = context.getRouteController().supervising();
        supervisor.setInitialDelay(1);
        supervisor.setBackOffDelay(50);
        addRoutes("");
        context.start();

        await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(supervisor.getRestartingRoutes())
                .isNotEmpty());
        assertThat(send("direct:other").getMessage().getBody()).isEqualTo("works");

        bringTheLedgerBack();

        await().atMost(TestContext.LIMIT)
                .until(() -> supervisor.getRouteStatus("video").isStarted());
        assertThat(send("direct:video").getException()).isNull();
    }

    @Test
    void letsTheComponentOfStartedRoutesStartAgainAndTheNextMessageTries() throws Exception {
        bringTheLedgerBack();
        addRoutes("");
        context.start();
        context.getComponent("hh1").stop();
        Path elsewhere = Files.move(place, directory.resolve("elsewhere"));

        context.getComponent("hh1").start();

        assertThat(send("direct:price").getException()).isNull();
        assertThat(send("direct:video").getException()).isNotNull();
        Files.move(elsewhere, place);
        assertThat(send("direct:video").getException()).isNull();
    }
}
