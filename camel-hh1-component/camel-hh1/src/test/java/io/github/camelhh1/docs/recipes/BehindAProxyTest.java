package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.fixture.Certificates;
import io.github.camelhh1.fixture.CountingProxy;
import io.github.camelhh1.fixture.ProxyServer;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.net.URI;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A network that only the proxy can leave: the service's name is unknown here. */
class BehindAProxyTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private static Certificates certificates;

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final ProxyServer proxy = new ProxyServer().wanting("camel:let-me-out");
    private final DefaultCamelContext context = new DefaultCamelContext();
    private CountingProxy service;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        certificates = new Certificates(directory);
    }

    @BeforeEach
    void start() throws Exception {
        service = CountingProxy.of(certificates.server("good"), simulator.origin());
        Hh1Component hh1 = context.getComponent("hh1", Hh1Component.class);
        hh1.setSslContextParameters(certificates.trust());
        hh1.getConfiguration().setBaseUrl(service.url("https", "service.test"));
        hh1.getConfiguration().setAccountId(simulator.account());
        hh1.getConfiguration().setApiKey(simulator.apiKey());
    }

    @AfterEach
    void stop() throws Exception {
        context.stop();
        service.close();
        proxy.close();
    }

    private static void throughTheProxy(Hh1Component hh1, String host, int port, String password) {
        hh1.setProxyHost(host);
        hh1.setProxyPort(port);
        hh1.setProxyAuthUsername("camel");
        hh1.setProxyAuthPassword(password);
    }

    private static final class Routes extends RouteBuilder {
        @Override
        public void configure() {
            Hh1Component direct = new Hh1Component();
            getContext().addComponent("hh1-direct", direct);

            from("direct:photo").to("hh1:generate?duration=5");

            from("direct:inside").to("hh1-direct:download?allowPrivateHosts=true");
        }
    }

    private Exchange send(String password) throws Exception {
        throughTheProxy(context.getComponent("hh1", Hh1Component.class), "localhost", proxy.port(), password);
        context.addRoutes(new Routes());
        context.start();
        return context.createProducerTemplate()
                .request("direct:photo", exchange -> exchange.getMessage().setBody(simulator.sampleImageUrl()));
    }

    @Test
    void theCallGoesThroughATunnel() throws Exception {
        Exchange sent = send("let-me-out");

        assertThat(sent.getException()).isNull();
        assertThat(proxy.lines()).allMatch(line -> line.startsWith("CONNECT service.test:"));
        assertThat(simulator.charges()).isEqualTo(1);
    }

    @Test
    void aProxyThatRefusesHasSentNothing() throws Exception {
        Exchange sent = send("wrong");

        assertThat(sent.getException())
                .isInstanceOfSatisfying(NotSentException.class, failure -> assertThat(failure.billing())
                        .isEqualTo(Billing.NOT_BILLED));
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void aSecondComponentFetchesFromInsideWithoutTheProxy() throws Exception {
        URI link = URI.create(send("let-me-out").getMessage().getBody(String.class));
        String inside = simulator.origin() + link.getRawPath() + "?" + link.getRawQuery();
        int tunnels = proxy.lines().size();

        byte[] video = context.createProducerTemplate().requestBody("direct:inside", inside, byte[].class);

        assertThat(video).isNotEmpty();
        assertThat(proxy.lines()).hasSize(tunnels);
    }
}
