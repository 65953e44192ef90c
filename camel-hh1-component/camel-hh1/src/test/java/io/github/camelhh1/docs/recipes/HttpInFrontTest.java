package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import io.github.camelhh1.simulator.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A caller that times out and sends its request again pays once. */
class HttpInFrontTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final String photo = simulator.sampleImageUrl();
    private VertxPlatformHttpServer server;

    @TempDir
    Path folder;

    static final class VideoService extends RouteBuilder {
        private final Path folder;

        VideoService(Path folder) {
            this.folder = folder;
        }

        @Override
        public void configure() {
            from("platform-http:/videos?httpMethodRestrict=POST")
                    .choice()
                    .when(header("Idempotency-Key").regex("[A-Za-z0-9-]{8,64}"))
                    .to("direct:accept")
                    .otherwise()
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(400))
                    .setBody(constant("Send the header Idempotency-Key: 8 to 64 letters, digits and hyphens"));

            from("direct:accept")
                    .setHeader("CamelHh1RequestKey", header("Idempotency-Key"))
                    .convertBodyTo(byte[].class)
                    .wireTap("direct:make")
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202))
                    .setHeader("Location", simple("/videos/${header.Idempotency-Key}"))
                    .setBody(constant(""));

            from("direct:make")
                    .onException(Exception.class)
                    .handled(true)
                    .setBody(simple("${exception.message}"))
                    .to("file:" + folder + "?fileName=${header.CamelHh1RequestKey}.txt&tempFileName=.${exchangeId}")
                    .end()
                    .process(this::forgetEarlierFailure)
                    .to("hh1:generate?resolution=720P&duration=5")
                    .to("hh1:download")
                    .to("file:" + folder + "?fileName=${header.CamelHh1RequestKey}.mp4&tempFileName=.${exchangeId}");

            from("platform-http:/videos/{key}?httpMethodRestrict=GET").process(this::status);
        }

        private Path file(Exchange exchange, String header, String extension) {
            String key = exchange.getMessage().getHeader(header, String.class);
            // Part of a path: only the characters that the first route lets through.
            return folder.resolve(key.replaceAll("[^A-Za-z0-9-]", "") + extension);
        }

        private void forgetEarlierFailure(Exchange exchange) throws Exception {
            Files.deleteIfExists(file(exchange, "CamelHh1RequestKey", ".txt"));
        }

        private void status(Exchange exchange) throws Exception {
            Path video = file(exchange, "key", ".mp4");
            Path failure = file(exchange, "key", ".txt");
            Message answer = exchange.getMessage();
            if (Files.exists(video)) {
                answer.setHeader(Exchange.CONTENT_TYPE, "video/mp4");
                answer.setBody(video.toFile());
            } else if (Files.exists(failure)) {
                answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 502);
                answer.setBody(Files.readString(failure));
            } else {
                answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
                answer.setBody("");
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        var configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("127.0.0.1");
        configuration.setBindPort(0);
        server = new VertxPlatformHttpServer(configuration);
        context.addService(server);
        context.getRegistry().bind("simulator", simulator);
        Hh1Component hh1 = context.getComponent("hh1", Hh1Component.class);
        hh1.getConfiguration().setBackend("simulator");
        hh1.setLedger(Ledgers.of("jdbc:sqlite:" + folder.resolve("hh1.db")));
        context.addRoutes(new VideoService(folder));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getServer().actualPort() + path));
    }

    private HttpRequest.Builder order() {
        return at("/videos")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"image\":\"" + photo + "\",\"prompt\":\"push in\"}"));
    }

    private HttpResponse<String> order(String key) throws Exception {
        return send(order().header("Idempotency-Key", key));
    }

    private HttpResponse<String> status(String key) throws Exception {
        return send(at("/videos/" + key));
    }

    @Test
    void aRequestThatIsSentAgainWhileItsVideoIsMadeIsPaidOnce() throws Exception {
        var made = new CompletableFuture<Void>();
        simulator.script(Reply.completed().heldUntil(made));

        HttpResponse<String> accepted = order("order-4711");
        await().atMost(LIMIT).until(() -> simulator.requestCount() == 1);
        assertThat(order("order-4711").statusCode()).isEqualTo(202);
        assertThat(status("order-4711").statusCode()).isEqualTo(202);
        made.complete(null);
        await().atMost(LIMIT).until(() -> status("order-4711").statusCode() == 200);

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).contains("/videos/order-4711");
        assertThat(status("order-4711").body()).contains("ftyp");
        order("order-4711");
        order("order-4712");
        await().atMost(LIMIT).until(() -> status("order-4712").statusCode() == 200);
        assertThat(simulator.charges()).isEqualTo(2);
    }

    @Test
    void aFailureIsReportedAndTheSameKeyMaySendAgainWhatWasNotPaid() throws Exception {
        simulator.script(Reply.error(400, 7003, "Bad input"));

        order("order-4713");
        await().atMost(LIMIT).until(() -> status("order-4713").statusCode() == 502);
        assertThat(status("order-4713").body()).contains("Bad input", "Nothing is billed");

        order("order-4713");
        await().atMost(LIMIT).until(() -> status("order-4713").statusCode() == 200);
        assertThat(simulator.charges()).isEqualTo(1);
    }

    @Test
    void aRequestWithoutAKeyIsRefused() throws Exception {
        assertThat(send(order()).statusCode()).isEqualTo(400);
        assertThat(order("../../etc/passwd").statusCode()).isEqualTo(400);
        assertThat(simulator.requests()).isEmpty();
    }
}
