package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.TestContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.config.BatchResequencerConfig;
import org.apache.camel.model.config.StreamResequencerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A video as body on its way through Camel's patterns: it is read whole wherever it gets to, and paid once. */
class VideosInPatternsTest {
    private static final String LINK = "hh1:generate";
    private static final String DOWNLOAD = "hh1:download?allowPrivateHosts=true";
    private static final String VIDEO = "hh1:generate?output=video&allowPrivateHosts=true";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final List<byte[]> read = new CopyOnWriteArrayList<>();

    private void read(Exchange exchange) {
        read.add(exchange.getMessage().getBody(byte[].class));
    }

    private interface Pattern {
        void of(RouteDefinition videos);
    }

    /** Other routes begin with {@code direct:read} and {@code seda:read}. */
    private void route(Pattern pattern) {
        route(VIDEO, pattern);
    }

    private void route(String uri, Pattern pattern) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read").process(VideosInPatternsTest.this::read);
                from("seda:read?pollTimeout=20").process(VideosInPatternsTest.this::read);
                pattern.of(from("seda:photo?pollTimeout=20").to(uri));
            }
        });
    }

    private void send(int messages) {
        for (int number = messages; number > 0; number--) {
            int n = number;
            CAMEL.sendTo("seda:photo?waitForTaskToComplete=Never", exchange -> {
                        exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                        exchange.getMessage().setHeader("number", n);
                    })
                    .end();
        }
    }

    private void areReadWhole(int times, int paid) {
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(read.size()).isEqualTo(times));
        assertThat(CAMEL.simulator().charges()).isEqualTo(paid);
        byte[] first = read.get(0);
        assertThat(first).hasSizeGreaterThan(1_000);
        assertThat(read).allSatisfy(video -> assertThat(video).isEqualTo(first));
    }

    private void readAll(Exchange exchange) {
        for (Object body : exchange.getMessage().getBody(List.class)) {
            read.add(exchange.getContext().getTypeConverter().convertTo(byte[].class, exchange, body));
        }
    }

    @Test
    void areAggregated() {
        route(videos -> videos.aggregate(constant(), AggregationStrategies.groupedBody())
                .completionSize(3)
                .process(this::readAll));
        send(3);
        areReadWhole(3, 3);
    }

    private static Expression constant() {
        return Builder.constant(true);
    }

    /** Camel's resequencer hands a message on while its first route ends, and resets the body there: so links go through. */
    @Test
    void areFetchedBehindABatchResequencer() {
        var config = new BatchResequencerConfig();
        config.setBatchSize("3");
        config.setBatchTimeout("60000");
        route(
                LINK,
                links -> links.resequence(number()).batch(config).to(DOWNLOAD).process(this::read));
        send(3);
        areReadWhole(3, 3);
    }

    @Test
    void areFetchedBehindAStreamResequencer() {
        var config = new StreamResequencerConfig();
        config.setTimeout("50");
        route(
                LINK,
                links -> links.resequence(number()).stream(config).to(DOWNLOAD).process(this::read));
        send(3);
        areReadWhole(3, 3);
    }

    private static Expression number() {
        return Builder.header("number");
    }

    @Test
    void goToEachOfAParallelMulticast() {
        route(videos -> videos.multicast().parallelProcessing().to("direct:read", "seda:read", "direct:read"));
        send(1);
        areReadWhole(3, 1);
    }

    @Test
    void goToAWireTap() {
        route(videos -> videos.wireTap("direct:read").end().process(this::read));
        send(1);
        areReadWhole(2, 1);
    }

    @Test
    void goBehindAQueue() {
        route(videos -> videos.to("seda:read?waitForTaskToComplete=Never"));
        send(2);
        areReadWhole(2, 2);
    }

    @Test
    void comeBackFromAClaimCheck() {
        route(videos -> videos.claimCheck(ClaimCheckOperation.Push)
                .setBody(constant())
                .claimCheck(ClaimCheckOperation.Pop)
                .process(this::read)
                .claimCheck(ClaimCheckOperation.Set, "video")
                .setBody(constant())
                .claimCheck(ClaimCheckOperation.GetAndRemove, "video")
                .process(this::read)
                .process(exchange -> assertThat(exchange.getMessage().getHeaders())
                        .containsKeys(Hh1Constants.RUN_ID, Hh1Constants.VIDEO_URL)));
        send(1);
        areReadWhole(2, 1);
    }
}
