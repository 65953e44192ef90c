package io.github.camelhh1.examples.filedrop.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.staging.contract.StagingContract;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Two S3 servers, each with a bucket {@code photos}: {@code aws2-s3} asks one of them, {@code s3-eu} the other. */
class S3OriginsTest {
    private static final byte[] OURS = StagingContract.png(8);
    private static final byte[] THEIRS = StagingContract.png(9);
    private static final String CONSUMER = "?deleteAfterRead=false&initialDelay=0&delay=60000";

    private static S3Site ours;
    private static S3Site theirs;

    private final List<Exchange> ended = new CopyOnWriteArrayList<>();
    private Hh1Simulator simulator;
    private DefaultCamelContext context;

    @BeforeAll
    static void open() throws Exception {
        ours = new S3Site();
        theirs = new S3Site();
    }

    @AfterAll
    static void close() throws Exception {
        ours.close();
        theirs.close();
    }

    @BeforeEach
    void start() throws Exception {
        ours.client().putObject(put -> put.bucket("photos").key("a.png"), RequestBody.fromBytes(OURS));
        theirs.client().putObject(put -> put.bucket("photos").key("a.png"), RequestBody.fromBytes(THEIRS));
        simulator = Hh1Simulator.builder().rendering(false).start();
        context = new DefaultCamelContext();
        ours.configure(context);
        var eu = new AWS2S3Component(context);
        eu.getConfiguration().setAmazonS3Client(theirs.client());
        eu.getConfiguration().setAmazonS3Presigner(theirs.presigner());
        context.addComponent("s3-eu", eu);
        var hh1 = context.getComponent("hh1", Hh1Component.class);
        hh1.getConfiguration().setBaseUrl(simulator.baseUrl());
        hh1.getConfiguration().setAccountId(simulator.account());
        hh1.getConfiguration().setApiKey(simulator.apiKey());
        var places = new Properties();
        places.setProperty("place", "s3-eu:photos");
        context.getPropertiesComponent().setInitialProperties(places);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        simulator.close();
        ours.behave();
        theirs.behave();
    }

    private Exchange send(String uri, Processor message) {
        return context.createProducerTemplate().request(uri, message);
    }

    private String image() {
        assertThat(simulator.requests()).isNotEmpty();
        return simulator.requests().get(simulator.requests().size() - 1).image();
    }

    private static void named(Exchange exchange) {
        exchange.getMessage().setHeader(AWS2S3Constants.BUCKET_NAME, "photos");
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, "a.png");
        exchange.getMessage().setHeader(AWS2S3Constants.E_TAG, "\"e\"");
    }

    /** Ends when the first message has ended. */
    private Exchange first(RouteBuilder route) throws Exception {
        context.addRoutes(route);
        await().atMost(Duration.ofSeconds(60)).until(() -> !ended.isEmpty());
        return ended.get(0);
    }

    private static Exception failure(Exchange ended) {
        return ended.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    private Exchange delivered(String consumer, String staging) throws Exception {
        return first(new RouteBuilder() {
            @Override
            public void configure() {
                from(consumer).onCompletion().process(ended::add).end().to("hh1:generate?stagingUri=" + staging);
            }
        });
    }

    @Nested
    class AnS3EndpointOfAnyName {
        @ParameterizedTest
        @ValueSource(strings = {"s3-eu:photos", "s3-eu://photos", "{{place}}", "archive"})
        void storesLinksAndRemoves(String staging) {
            context.getRegistry().bind("archive", context.getEndpoint("s3-eu:photos"));
            byte[] image = StagingContract.png(4);
            Exchange sent = send(
                    "hh1:generate?stagingUri=" + staging, e -> e.getMessage().setBody(image));
            assertThat(sent.getException()).isNull();
            assertThat(image()).contains("/photos/").contains("X-Amz-Signature");
            assertThat(theirs.images()).containsExactly("a.png");
            assertThat(ours.images()).containsExactly("a.png");
        }

        @Test
        void saysAtStartWhatItLacks() throws Exception {
            try (var bare = new DefaultCamelContext()) {
                var eu = new AWS2S3Component(bare);
                eu.getConfiguration().setAmazonS3Client(theirs.client());
                bare.addComponent("s3-eu", eu);
                bare.start();
                var endpoint = bare.getEndpoint("hh1:generate?accountId=a&apiKey=k&stagingUri=s3-eu:photos");
                assertThatThrownBy(() -> endpoint.createProducer().start())
                        .hasStackTraceContaining("cannot stage images")
                        .hasStackTraceContaining("set region");
            }
        }

        @Test
        void needsNoCleanupUri() throws Exception {
            var endpoint = context.getEndpoint("hh1:generate?stagingUri=s3-eu:photos&stagingCleanupUri=direct:unstage");
            assertThatThrownBy(() -> endpoint.createProducer().start()).hasStackTraceContaining("without it");
        }

        /** Both stores may hold the same image at once, and each removes its own. */
        @Test
        void sharesNoImageWithAnother() {
            byte[] image = StagingContract.png(4);
            send("hh1:generate?stagingUri=aws2-s3:photos", e -> e.getMessage().setBody(image));
            String first = image().replaceAll("\\?.*|https?://[^/]*", "");
            send("hh1:generate?stagingUri=s3-eu:photos", e -> {
                e.getMessage().setBody(image);
                e.getMessage().setHeader("CamelHh1RequestKey", "another");
            });
            assertThat(image().replaceAll("\\?.*|https?://[^/]*", "")).isNotEqualTo(first);
        }
    }

    @Nested
    class AnObjectOfTheStoreThatStages {
        @ParameterizedTest
        @ValueSource(strings = {"s3-eu:photos", "aws2-s3:photos"})
        void isLinkedWhereItLies(String bucket) throws Exception {
            assertThat(failure(delivered(bucket + CONSUMER, bucket))).isNull();
            assertThat(image()).contains("/photos/a.png?");
        }

        @ParameterizedTest
        @ValueSource(strings = {"s3-eu:photos", "aws2-s3:photos"})
        void isLinkedWithoutContentBesideABucketOfTheSameName(String bucket) throws Exception {
            context.getEndpoint("s3-eu:photos");
            context.getEndpoint("aws2-s3:photos");
            assertThat(failure(delivered(bucket + CONSUMER + "&ignoreBody=true", bucket)))
                    .isNull();
            assertThat(image()).contains("/photos/a.png?");
        }
    }

    @Nested
    class AnObjectOfAnotherStore {
        @ParameterizedTest
        @ValueSource(strings = {"", "&includeBody=false"})
        void isStagedThoughItsBucketHasTheSameName(String body) throws Exception {
            assertThat(failure(delivered("s3-eu:photos" + CONSUMER + body, "aws2-s3:photos")))
                    .isNull();
            assertThat(image()).contains(StagingContract.name(THEIRS));
        }

        @Test
        void isRefusedWithoutContentAndTheRemedyTold() throws Exception {
            assertThat(failure(delivered("s3-eu:photos" + CONSUMER + "&ignoreBody=true", "aws2-s3:photos")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("another S3 component or client")
                    .hasMessageContaining("send its content as body");
            assertThat(simulator.requests()).isEmpty();
        }

        /** The message is still one of the endpoint that it began at. */
        @ParameterizedTest
        @ValueSource(strings = {"to", "toD", "pollEnrich"})
        void isStagedWhereARouteFetchedItOnItsWay(String how) throws Exception {
            String fetch = "s3-eu:photos?operation=getObject";
            Exchange sent = first(new RouteBuilder() {
                @Override
                public void configure() {
                    var route = from("aws2-s3:photos" + CONSUMER + "&ignoreBody=true")
                            .onCompletion()
                            .process(ended::add)
                            .end();
                    switch (how) {
                        case "to" -> route.to(fetch);
                        case "toD" -> route.toD("s3-${body}eu:photos?operation=getObject");
                        default -> route.pollEnrich("s3-eu:photos?deleteAfterRead=false", 60_000);
                    }
                    route.to("hh1:generate?stagingUri=aws2-s3:photos");
                }
            });
            assertThat(failure(sent)).isNull();
            assertThat(image()).contains(StagingContract.name(THEIRS));
        }

        /** Copies of seda and the messages of brokers do not say where their content came from. */
        @Test
        void isStagedWhereNothingSaysWhereItCameFrom() {
            Exchange sent = send("hh1:generate?stagingUri=aws2-s3:photos", e -> {
                named(e);
                e.getMessage().setHeader(AWS2S3Constants.CONTENT_LENGTH, (long) THEIRS.length);
                e.getMessage().setBody(THEIRS);
            });
            assertThat(sent.getException()).isNull();
            assertThat(image()).contains(StagingContract.name(THEIRS));
        }

        @Test
        void isRefusedWithoutContentWhereItMayHaveBeenMeant() {
            context.getEndpoint("s3-eu:photos?delay=7");
            Exchange sent = send("hh1:generate?stagingUri=aws2-s3:photos", S3OriginsTest::named);
            assertThat(sent.getException())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("send its content as body");
        }

        @Test
        void isNotMeantWhereThereIsNone() {
            Exchange sent = send("hh1:generate?stagingUri=aws2-s3:photos", S3OriginsTest::named);
            assertThat(sent.getException()).isNull();
            assertThat(image()).contains("/photos/a.png?");
        }
    }
}
