package io.github.camelhh1.threats;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.ReceivedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Headers say what is asked; they never say who pays, where it goes, or what is trusted. */
class HeaderInjectionTest {
    private static final List<String> NAMES = List.of(
            "CamelHh1AccountId",
            "CamelHh1ApiKey",
            "CamelHh1ApiKeySupplier",
            "CamelHh1BaseUrl",
            "CamelHh1Backend",
            "CamelHh1GatewayId",
            "CamelHh1Model",
            "CamelHh1SkipCache",
            "CamelHh1StagingUri",
            "CamelHh1InlineImages",
            "CamelHh1DownloadDirectory",
            "CamelHh1AllowPrivateHosts",
            "CamelHh1MaxAttempts",
            "CamelHh1GenerationTimeout",
            "CamelHh1RunId",
            "CamelHh1Ledger",
            "CamelHh1VideoUrl",
            "CamelHh1Replayed",
            "CamelHttpUri",
            "CamelHttpPath",
            "CamelHttpQuery",
            "CamelHttpMethod",
            "Authorization",
            "Host",
            "cf-aig-gateway-id",
            "cf-aig-max-attempts",
            "cf-aig-skip-cache",
            "Content-Length",
            "Transfer-Encoding");

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    /** Case variants, look-alikes of other alphabets, and names with invisible characters; the same in each run. */
    private static Set<String> variants() {
        var random = new Random(4711);
        Set<String> all = new TreeSet<>(NAMES);
        List<Consumer<StringBuilder>> twists = List.of(
                name -> twist(
                        name,
                        random,
                        c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)),
                name -> twist(name, random, c -> c == 'K' || c == 'k' ? '\u212a' : c),
                name -> twist(name, random, c -> c == 'i' || c == 'I' ? '\u0131' : c),
                name -> twist(name, random, c -> c == 's' || c == 'S' ? '\u017f' : c),
                name -> twist(name, random, c -> c == 'a' ? '\u0430' : c == 'e' ? '\u0435' : c),
                name -> name.insert(random.nextInt(name.length()), '\u200b'),
                name -> name.append(' '),
                name -> name.insert(0, "\t"));
        while (all.size() < 540) {
            var name = new StringBuilder(NAMES.get(random.nextInt(NAMES.size())));
            twists.get(0).accept(name);
            twists.get(random.nextInt(twists.size())).accept(name);
            all.add(name.toString());
        }
        return all;
    }

    private static void twist(StringBuilder name, Random random, java.util.function.IntUnaryOperator change) {
        for (int i = 0; i < name.length(); i++) {
            if (random.nextBoolean()) {
                name.setCharAt(i, (char) change.applyAsInt(name.charAt(i)));
            }
        }
    }

    private static void assertNothingChanged(ReceivedRequest request, Hh1Simulator elsewhere) {
        assertThat(request.path())
                .isEqualTo("/client/v4/accounts/" + CAMEL.simulator().account() + "/ai/run");
        assertThat(request.model()).isEqualTo("alibaba/hh1-i2v");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + TestContext.KEY);
        assertThat(request.header("Host"))
                .isEqualTo(URI.create(CAMEL.simulator().origin()).getAuthority());
        assertThat(request.header("cf-aig-gateway-id")).isNull();
        assertThat(request.header("cf-aig-skip-cache")).isEqualTo("true");
        assertThat(request.header("cf-aig-max-attempts")).isEqualTo("1");
        assertThat(request.input().keySet()).containsExactly("image");
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(elsewhere.connections()).isZero();
    }

    @Test
    void fiveHundredSpellingsSetDirectlyChangeNothing() {
        Set<String> names = variants();
        assertThat(names).hasSizeGreaterThanOrEqualTo(500);
        try (Hh1Simulator elsewhere =
                Hh1Simulator.builder().apiKey("evil").rendering(false).start()) {
            List<SentMessage> all = new ArrayList<>();
            for (String name : names) {
                all.add(CAMEL.send("", exchange -> {
                    exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                    exchange.getMessage().setHeader(name, elsewhere.baseUrl());
                }));
            }

            all.forEach(SentMessage::video);
            assertThat(CAMEL.simulator().requests())
                    .hasSize(names.size())
                    .allSatisfy(request -> assertNothingChanged(request, elsewhere));
            assertThat(CAMEL.simulator().charges()).isEqualTo(names.size());
        }
    }

    /** A consumer without any header filter, which is the worst that a real one can be. */
    @Test
    void allOfThemThroughAnHttpConsumerChangeNothing() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", HeaderInjectionTest::receive);
        server.start();
        try (Hh1Simulator elsewhere =
                Hh1Simulator.builder().apiKey("evil").rendering(false).start()) {
            var client = HttpClient.newHttpClient();
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .POST(HttpRequest.BodyPublishers.ofString(CAMEL.simulator().sampleImageUrl()));
            for (String name : NAMES) {
                if (!Set.of("Host", "Content-Length", "Transfer-Encoding").contains(name)) {
                    request.setHeader(name.toLowerCase(Locale.ROOT), elsewhere.baseUrl());
                }
            }

            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.body()).startsWith(CAMEL.simulator().origin());
            assertThat(CAMEL.simulator().requests())
                    .singleElement()
                    .satisfies(received -> assertNothingChanged(received, elsewhere));
        } finally {
            server.stop(0);
        }
    }

    private static void receive(HttpExchange http) throws IOException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String video = CAMEL.send("", exchange -> {
                    exchange.getMessage().setBody(body);
                    http.getRequestHeaders()
                            .forEach((name, values) -> exchange.getMessage().setHeader(name, values.get(0)));
                })
                .video();
        byte[] answer = video.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(200, answer.length);
        http.getResponseBody().write(answer);
        http.close();
    }

    @Test
    void theServicesOwnHeadersDoNotComeBackEither() {
        CAMEL.simulator()
                .script(io.github.camelhh1.simulator.Reply.completed()
                        .header("CamelFileName", "../../evil")
                        .header("CamelHh1RunId", "evil")
                        .header("Set-Cookie", "a=b"));

        var message = CAMEL.send("").end().getMessage();

        assertThat(message.getHeaders()).doesNotContainKeys("CamelFileName", "Set-Cookie");
        assertThat(message.getHeader("CamelHh1RunId", String.class)).hasSize(32);
    }
}
