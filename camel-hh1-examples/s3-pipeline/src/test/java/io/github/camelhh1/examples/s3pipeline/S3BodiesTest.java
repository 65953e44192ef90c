package io.github.camelhh1.examples.s3pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.examples.s3pipeline.s3.LocalS3;
import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.MessageHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Photos as the consumer of camel-aws2-s3 delivers them: each poll finds the same object, which is the same request. */
class S3BodiesTest {
    private static LocalS3 server;
    private static S3Client s3;
    private static S3Presigner presigner;

    private final List<Map<String, Object>> videos = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private Hh1Simulator simulator;
    private DefaultCamelContext context;

    @BeforeAll
    static void startServer() throws Exception {
        server = LocalS3.start();
        s3 = S3Clients.client(server.place());
        presigner = S3Clients.presigner(server.place());
        s3.putObject(put -> put.bucket("photos").key("red dog.png"), RequestBody.fromBytes(Photos.photo(1)));
    }

    @AfterAll
    static void stopServer() throws Exception {
        presigner.close();
        s3.close();
        server.close();
    }

    @BeforeEach
    void start() {
        simulator = Hh1Simulator.builder().rendering(false).start();
        context = new DefaultCamelContext();
        context.getRegistry().bind("s3", s3);
        context.getRegistry().bind("presigner", presigner);
        Hh1Component hh1 = context.getComponent("hh1", Hh1Component.class);
        hh1.getConfiguration().setBaseUrl(simulator.baseUrl());
        hh1.getConfiguration().setLookup(false);
        hh1.getConfiguration().setAccountId(simulator.account());
        hh1.getConfiguration().setApiKey(simulator.apiKey());
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        simulator.close();
    }

    private void deliver(String consumer, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("aws2-s3:photos?deleteAfterRead=false&initialDelay=0&delay=50" + consumer)
                        .doTry()
                        .to("hh1:generate?" + options)
                        .process(exchange ->
                                videos.add(new HashMap<>(exchange.getMessage().getHeaders())))
                        .doCatch(OutcomeUnknownException.class)
                        .process(S3BodiesTest.this::read)
                        .process(S3BodiesTest.this::read)
                        .end();
            }
        });
        context.start();
    }

    /** As any step of a route would. */
    private void read(Exchange exchange) {
        MessageHelper.resetStreamCache(exchange.getMessage());
        bodies.add(exchange.getMessage().getBody(byte[].class));
    }

    @ParameterizedTest
    @CsvSource({
        "'', inlineImages=true, data:image/png;base64",
        "&includeBody=false, inlineImages=true, data:image/png;base64",
        "'', stagingUri=aws2-s3:videos, /videos/",
        "&includeBody=false, stagingUri=aws2-s3:videos, /videos/",
        "'', stagingUri=aws2-s3:photos, /photos/red%20dog.png",
        "&includeBody=false, stagingUri=aws2-s3:photos, /photos/red%20dog.png",
        "&ignoreBody=true, stagingUri=aws2-s3:photos, /photos/red%20dog.png"
    })
    void thePhotoArrivesWholeAndIsPaidOnce(String consumer, String options, String image) throws Exception {
        deliver(consumer, options);

        await().until(() -> videos.size() >= 3);

        assertThat(simulator.meter()).singleElement().satisfies(charge -> assertThat(charge.image())
                .contains(image));
        if (options.startsWith("inline")) {
            assertThat(simulator.meter().get(0).image()).endsWith(Photos.sha256(Photos.photo(1)));
        }
        assertThat(videos.get(2))
                .containsEntry("CamelHh1Replayed", true)
                .containsEntry("CamelHh1VideoFileName", "red dog.mp4");
    }

    @ParameterizedTest
    @CsvSource({
        "'', inlineImages=true",
        "&includeBody=false, inlineImages=true",
        "'', stagingUri=aws2-s3:photos",
        "&includeBody=false, stagingUri=aws2-s3:photos"
    })
    void thePhotoStaysUsable(String consumer, String options) throws Exception {
        simulator.script(Fault.closeAfterRequest());

        deliver(consumer, options);

        await().until(() -> bodies.size() >= 2);
        assertThat(List.copyOf(bodies)).containsOnly(Photos.photo(1));
    }
}
