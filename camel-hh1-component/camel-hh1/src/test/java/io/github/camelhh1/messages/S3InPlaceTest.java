package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.fixture.FakeS3;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which objects of a bucket a message may have linked; it names them in headers, which anybody may have written. */
class S3InPlaceTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @BeforeEach
    void addS3() {
        for (String name : new String[] {"aws2-s3", "s3-eu"}) {
            CAMEL.context().addComponent(name, new FakeS3(CAMEL.context()).with("region", name));
        }
    }

    /** As its own endpoint delivers it. */
    private static SentMessage estimate(String options, String key, Object body) {
        return CAMEL.sendTo("hh1:estimate?stagingUri=RAW(aws2-s3:photos?region=eu-west-1" + options + ")", exchange -> {
            exchange.getExchangeExtension().setFromEndpoint(place("aws2-s3:photos?region=eu-west-1"));
            exchange.getMessage().setBody(body);
            exchange.getMessage()
                    .setHeaders(new HashMap<>(Map.of(
                            "CamelAwsS3BucketName",
                            "photos",
                            "CamelAwsS3Key",
                            key,
                            "CamelAwsS3ETag",
                            "\"e\"",
                            "CamelAwsS3ContentLength",
                            String.valueOf(Images.png().length))));
        });
    }

    /** Not one that the context knows. */
    private static Endpoint place(String uri) throws Exception {
        return CAMEL.context().getComponent(uri.replaceAll(":.*", "")).createEndpoint(uri);
    }

    private static String image(SentMessage sent) {
        assertThat(sent.end().getException()).isNull();
        var request = (Map<?, ?>) sent.end().getMessage().getBody(Map.class).get("request");
        return String.valueOf(((Map<?, ?>) request.get("input")).get("image"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', a.png",
        "'', in/a.png",
        "&prefix=in, in/a.png",
        "&prefix=in/, in/b/a.png",
        "&keyName=in, in/a.png",
        "&PREFIX=in, in/a.png",
        "&prefix=in&keyName=out, in/a.png"
    })
    void areThoseUnderTheEndpointsPrefix(String options, String key) {
        assertThat(image(estimate(options, key, null))).contains(key);
    }

    @ParameterizedTest
    @CsvSource({
        "&prefix=in, payroll/a.png", "&prefix=in, inside/a.png", "&prefix=in, in", "&prefix=in, in/../payroll/a.png",
        "&keyName=in, a.png", "&PREFIX=in, a.png", "&prefix=in&keyName=out, out/a.png", "'', in/../a.png"
    })
    void areNoOthers(String options, String key) {
        var failure = estimate(options, key, null).failure(InvalidRequestException.class);
        assertThat(failure.violations()).singleElement().asString().contains("key", "send its content as body");
    }

    @Test
    void areAllWhereTheEndpointHasNoOptions() {
        SentMessage sent = CAMEL.sendTo("hh1:estimate?stagingUri=aws2-s3:photos", exchange -> {
            exchange.getMessage().setHeader("CamelAwsS3BucketName", "photos");
            exchange.getMessage().setHeader("CamelAwsS3Key", "a.png");
        });
        assertThat(image(sent)).contains("a.png");
    }

    @Test
    void othersAreStagedWhereTheirContentIsThere() {
        assertThat(image(estimate("&prefix=in", "payroll/a.png", Images.png()))).startsWith("staged:");
    }

    @Test
    void areThoseUnderThePrefixOfTheComponent() throws Exception {
        CAMEL.context().getComponent("s3-eu", FakeS3.class).with("prefix", "in");
        CAMEL.context().getRegistry().bind("archive", place("s3-eu:photos"));
        for (String staging : new String[] {"s3-eu:photos", "s3-eu://photos", "{{eu}}", "archive", "ref:archive"}) {
            CAMEL.context().getPropertiesComponent().addInitialProperty("eu", "s3-eu:photos");
            assertThat(image(named(staging, "in/a.png"))).endsWith("in/a.png");
            assertThat(named(staging, "payroll/a.png")
                            .failure(InvalidRequestException.class)
                            .violations())
                    .singleElement()
                    .asString()
                    .contains("does not begin with in/");
        }
    }

    private static SentMessage named(String staging, String key) {
        return CAMEL.sendTo("hh1:estimate?stagingUri=" + staging, exchange -> {
            exchange.getMessage().setHeader("CamelAwsS3BucketName", "photos");
            exchange.getMessage().setHeader("CamelAwsS3Key", key);
        });
    }

    @Test
    void areFoundWithoutACall() {
        assertThat(image(named("aws2-s3:photos", "a.png"))).contains("a.png");
        assertThat(CAMEL.context().getEndpoints()).noneMatch(FakeS3.Place.class::isInstance);
    }

    @Nested
    class OfAMessageThatHasGoneOn {
        /** Splits and wire taps keep the endpoint that a message came from; seda has one of its own. */
        @ParameterizedTest
        @CsvSource({
            "direct:split, aws2-s3, s3://photos/a.png", "direct:split, s3-eu, staged:",
            "direct:tap, aws2-s3, s3://photos/a.png", "direct:tap, s3-eu, staged:",
            "direct:queue, aws2-s3, staged:", "direct:queue, s3-eu, staged:"
        })
        void isLinkedOnlyWhereItIsCertainWhoseItIs(String start, String from, String image) throws Exception {
            var estimates = new LinkedBlockingQueue<Object>();
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:split")
                            .split(constant(true))
                            .setBody(constant(Images.png()))
                            .to("direct:estimate");
                    from("direct:tap").wireTap("direct:estimate");
                    from("direct:queue").to("seda:queue");
                    from("seda:queue").to("direct:estimate");
                    from("direct:estimate")
                            .to("hh1:estimate?stagingUri=aws2-s3:photos")
                            .process(exchange ->
                                    estimates.add(exchange.getMessage().getBody()));
                }
            });
            Endpoint origin = place(from + ":photos");
            CAMEL.sendTo(start, exchange -> {
                        exchange.getExchangeExtension().setFromEndpoint(origin);
                        exchange.getMessage().setBody(Images.png());
                        exchange.getMessage().setHeader("CamelAwsS3BucketName", "photos");
                        exchange.getMessage().setHeader("CamelAwsS3Key", "a.png");
                        exchange.getMessage().setHeader("CamelAwsS3ETag", "e");
                        exchange.getMessage().setHeader("CamelAwsS3ContentLength", Images.png().length);
                    })
                    .end();
            await().atMost(TestContext.LIMIT)
                    .untilAsserted(() ->
                            assertThat(estimates).singleElement().asString().contains(image));
        }

        /** The same component may have endpoints of several clients. */
        @ParameterizedTest
        @CsvSource({"region=aws2-s3, s3:", "region=other, staged:", "accessKey=b, staged:", "delay=7, s3:"})
        void isLinkedOnlyWhereItsClientIsTheSame(String option, String image) throws Exception {
            Endpoint origin = place("aws2-s3:photos?" + option);
            SentMessage sent = CAMEL.sendTo("hh1:estimate?stagingUri=aws2-s3:photos", exchange -> {
                exchange.getExchangeExtension().setFromEndpoint(origin);
                exchange.getMessage().setBody(Images.png());
                exchange.getMessage().setHeader("CamelAwsS3BucketName", "photos");
                exchange.getMessage().setHeader("CamelAwsS3Key", "a.png");
                exchange.getMessage().setHeader("CamelAwsS3ETag", "e");
                exchange.getMessage().setHeader("CamelAwsS3ContentLength", Images.png().length);
            });
            assertThat(image(sent)).startsWith(image);
        }
    }
}
