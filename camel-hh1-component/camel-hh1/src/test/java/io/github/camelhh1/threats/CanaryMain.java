package io.github.camelhh1.threats;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.StartedParts;
import io.github.camelhh1.download.DownloadSetup;
import io.github.camelhh1.download.RawHost;
import io.github.camelhh1.fixture.Certificates;
import io.github.camelhh1.fixture.CountingProxy;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.ProxyServer;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ServerSocketFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A day in the life of a component, for {@link KeyLeakTest} to listen to: over TLS, as in earnest, and without. */
final class CanaryMain {
    /** In the query of links, which whoever reads it may follow. */
    static final String SIGNATURE = "canary-8c2e5f0b-signature";

    /** Reads the gateway's logs only. */
    static final String LOGS_KEY = "canary-6b1e9d20-logs";

    private static final String PROXY_USER = "gateway";
    static final String PROXY_PASSWORD = "canary-3d7a1c-proxy";

    /** As it goes over the line. */
    static String proxyCredentials() {
        return Base64.getEncoder().encodeToString((PROXY_USER + ":" + PROXY_PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private static final String IMAGE = "/photo.png";
    private static final String VIDEO = "/video.mp4";

    private CanaryMain() {}

    public static void main(String[] arguments) throws Exception {
        var certificates = new Certificates(Path.of(arguments[0]));
        try (var proxy = new ProxyServer().wanting(PROXY_USER + ":" + PROXY_PASSWORD)) {
            for (ProxyServer through : new ProxyServer[] {null, proxy}) {
                live("https", certificates.server("good"), certificates, through);
                live("http", ServerSocketFactory.getDefault(), certificates, through);
            }
            proxy.lines().forEach(line -> System.out.println("proxy " + line.replace(SIGNATURE, "the signature")));
        }
    }

    @SuppressWarnings("try")
    private static void live(String scheme, ServerSocketFactory sockets, Certificates certificates, ProxyServer proxy)
            throws Exception {
        String name = proxy == null ? "127.0.0.1" : "service.test";
        try (Hh1Simulator simulator = Hh1Simulator.builder()
                        .apiKey(TestContext.KEY)
                        .rendering(false)
                        .start();
                CountingProxy front = CountingProxy.of(sockets, simulator.origin());
                RawHost host = new RawHost();
                CountingProxy hostFront = CountingProxy.of(sockets, host.url(""));
                CamelContext context = new DefaultCamelContext()) {
            var component = new Hh1Component(context);
            component.getConfiguration().setBaseUrl(front.url(scheme, name));
            component.getConfiguration().setAccountId(simulator.account());
            component.getConfiguration().setApiKey(TestContext.KEY);
            // A look-up takes two seconds: one through each way to the service is enough.
            component.getConfiguration().setLookup(scheme.equals("https") == (proxy == null));
            component.getConfiguration().setLookupTimeout(2_500);
            component.getConfiguration().setLogsApiKey(LOGS_KEY);
            simulator.gateway().acceptOnly(LOGS_KEY);
            component.getConfiguration().setRetryDelay(10);
            component.getConfiguration().setGenerationTimeout(proxy == null ? 1_000 : 60_000);
            component.setSslContextParameters(certificates.trust());
            if (proxy != null) {
                component.getConfiguration().setAllowPlainHttp(true);
                component.setProxyHost("proxy.test");
                component.setProxyPort(proxy.port());
                component.setProxyAuthUsername(PROXY_USER);
                component.setProxyAuthPassword(PROXY_PASSWORD);
                StartedParts.resolver(component, any -> new InetAddress[] {InetAddress.getLoopbackAddress()});
            }
            context.addComponent("hh1", component);
            var shown = new Shown(context);
            context.setMessageHistory(true);
            context.setTracing(true);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:option").to("hh1:generate");
                    from("direct:raw").to("hh1:generate?apiKey=RAW(" + TestContext.KEY + ")");
                    from("direct:plain").to("hh1:generate?apiKey=" + TestContext.KEY);
                }
            });
            context.start();
            call(context, simulator, proxy == null ? Fault.silence() : Reply.html(502));
            followSignedLinks(context, hostFront.origin(scheme).replace("127.0.0.1", name), host, simulator);
            host.requests.stream()
                    .flatMap(request -> request.lines().limit(1))
                    .forEach(link -> System.out.println(scheme + " " + link.replace(SIGNATURE, "the signature")));
            shown.lines().forEach(System.out::println);
            for (Endpoint endpoint : context.getEndpoints()) {
                // Its getEndpointUri() is Camel's own, and whole by design.
                System.out.println(endpoint + " " + endpoint.getEndpointBaseUri());
            }
            simulator.gateway().asked().forEach(path -> System.out.println("logs " + path));
            System.out.println(component.getConfiguration() + " " + component);
            badStart(context, "hh1:generate?maxAttempts=0&apiKey=RAW(" + TestContext.KEY + ")");
            badStart(context, "hh1:generate?apiKey=RAW(" + TestContext.KEY + " )x)");
            badStart(context, "hh1:generate?apiKey=" + TestContext.KEY + "&noSuchOption=1");
            badStart(context, "hh1:nothing?apiKey=" + TestContext.KEY);
        }
    }

    private static void followSignedLinks(CamelContext context, String origin, RawHost host, Hh1Simulator simulator)
            throws IOException {
        byte[] image = Images.png();
        host.answers(IMAGE, "200 OK\r\nContent-Type: image/png\r\nContent-Length: " + image.length, image);
        host.answersVideo(VIDEO, DownloadSetup.VIDEO);
        String query = "?X-Amz-Signature=" + SIGNATURE;
        simulator.script(Reply.completed(origin + VIDEO + query));
        context.createProducerTemplate()
                .request("hh1:generate?preflightUrls=true&allowPrivateHosts=true", message -> message.getMessage()
                        .setBody(origin + IMAGE + query));
        context.createProducerTemplate().request("hh1:download?allowPrivateHosts=true", message -> message.getMessage()
                .setBody(origin + VIDEO + query));
    }

    private static void call(CamelContext context, Hh1Simulator simulator, Reply last) {
        simulator.script(
                Reply.completed(),
                Reply.throttled(),
                Reply.completed(),
                Reply.error(401, 10000, "Bad token Bearer " + TestContext.KEY + " from you"),
                Reply.thrown(400, 5007, "echo " + TestContext.KEY),
                Reply.json(200, "{\"state\":\"" + TestContext.KEY + "\"}"),
                Reply.html(502),
                last,
                Fault.resetAfterRequest());
        for (String uri : new String[] {"direct:option", "direct:raw", "direct:plain"}) {
            for (int i = 0; i < 6; i++) {
                Exchange exchange = context.createProducerTemplate()
                        .request(uri, message -> message.getMessage().setBody(simulator.sampleImageUrl()));
                if (exchange.getException() != null) {
                    exchange.getException().printStackTrace(System.out);
                }
                System.out.println(
                        exchange + " " + exchange.getMessage().getHeaders() + " " + exchange.getProperties());
            }
        }
    }

    private static void badStart(CamelContext context, String uri) {
        try {
            context.createProducerTemplate().requestBody(uri, "https://i.example/1.png");
        } catch (Exception e) {
            e.printStackTrace(System.out);
        }
    }
}
