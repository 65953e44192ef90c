package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each route below begins with a consumer, takes a temporary video, and must find it readable wherever it gets to. */
class VideoStreamTest {
    private static final String IN = "seda:in?pollTimeout=20";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final CamelContext context = new DefaultCamelContext();
    private final AtomicInteger videos = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> read = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        context.stop();
    }

    private String content(int number) {
        return ("video " + number + " ").repeat(5_000);
    }

    /** What {@code hh1:download} does last. */
    private void download(Exchange exchange) throws IOException {
        int number = videos.incrementAndGet();
        Path file = Files.writeString(directory.resolve("video-" + number + ".mp4"), content(number));
        exchange.getMessage().setBody(VideoStream.temporary(file, exchange));
    }

    private void readWhole(Exchange exchange) {
        read.add(exchange.getMessage().getBody(String.class));
    }

    private abstract class Route extends RouteBuilder {
        @Override
        public void configure() {
            routes();
        }

        abstract void routes();
    }

    private void start(boolean caching, Route routes) throws Exception {
        context.setStreamCaching(caching);
        context.addRoutes(routes);
        context.start();
    }

    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            context.createProducerTemplate().sendBody("seda:in?waitForTaskToComplete=Never", "go");
        }
    }

    private void allWereReadAndAreGone(int readings) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(read).hasSize(readings));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(directory).isEmptyDirectory());
        assertThat(read)
                .allSatisfy(text ->
                        assertThat(text).startsWith("video ").hasSize(content(1).length()));
    }

    @Nested
    class InARoute {
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadTwiceAndGoesAtTheEnd(boolean caching) throws Exception {
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download)
                            .process(VideoStreamTest.this::readWhole)
                            .process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(2);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isWrittenToTwoFiles(boolean caching, @TempDir Path out) throws Exception {
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download)
                            .to("file:" + out + "?fileName=one.mp4")
                            .to("file:" + out + "?fileName=two.mp4")
                            .process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
            assertThat(out.resolve("one.mp4")).hasContent(content(1));
            assertThat(out.resolve("two.mp4")).hasContent(content(1));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void survivesARedelivery(boolean caching) throws Exception {
            var tries = new AtomicInteger();
            start(caching, new Route() {
                @Override
                void routes() {
                    errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                    from(IN).process(VideoStreamTest.this::download).process(exchange -> {
                        readWhole(exchange);
                        if (tries.incrementAndGet() < 3) {
                            throw new IOException("once more");
                        }
                    });
                }
            });
            send(1);
            allWereReadAndAreGone(3);
        }

        @ParameterizedTest
        @ValueSource(strings = {"direct:a", "seda:a?pollTimeout=20"})
        void takesItsSpaceAlongWhenAllWhoHeldItSaidSo(String next) throws Exception {
            var bodies = new ConcurrentLinkedQueue<InputStream>();
            start(true, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download)
                            .process(
                                    exchange -> bodies.add(exchange.getMessage().getBody(InputStream.class)))
                            .to(next);
                    from(next).process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
            assertThatThrownBy(() -> bodies.element().read()).isInstanceOf(NoSuchFileException.class);
        }

        @Test
        void goesWhenTheExchangeFails() throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download).process(exchange -> {
                        readWhole(exchange);
                        throw new IOException("no further");
                    });
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }
    }

    @Nested
    class InBranches {
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadByAWireTap(boolean caching) throws Exception {
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download).wireTap("direct:tapped");
                    // Well after the tapped exchange is complete.
                    from("direct:tapped").delay(200).process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"IfReplyExpected", "Never", "Always"})
        void isReadBehindAQueue(String wait) throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download).to("seda:next?waitForTaskToComplete=" + wait);
                    from("seda:next?pollTimeout=20").delay(100).process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadByEveryPartOfAMulticast(boolean parallel) throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    var multicast =
                            from(IN).process(VideoStreamTest.this::download).multicast();
                    if (parallel) {
                        multicast.parallelProcessing();
                    }
                    multicast.to("direct:a", "direct:b", "direct:c");
                    from("direct:a").process(VideoStreamTest.this::readWhole);
                    from("direct:b").delay(50).process(VideoStreamTest.this::readWhole);
                    from("direct:c").process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(3);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadByEveryRecipient(boolean caching) throws Exception {
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download)
                            .recipientList(constant("direct:a,seda:b"))
                            .end();
                    from("direct:a").process(VideoStreamTest.this::readWhole);
                    from("seda:b?pollTimeout=20").process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(2);
        }
    }

    @Nested
    class GatheredAgain {
        /** The bodies as a list, read in the exchange that holds the list. */
        private void readAll(Exchange exchange) {
            for (Object body : exchange.getMessage().getBody(List.class)) {
                read.add(context.getTypeConverter().convertTo(String.class, exchange, body));
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadAfterTheSplitItWasFetchedIn(boolean parallel) throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    var split = from(IN).setBody(constant("1,2,3")).split(body(), AggregationStrategies.groupedBody());
                    if (parallel) {
                        split.parallelProcessing();
                    }
                    split.process(VideoStreamTest.this::download).end().process(GatheredAgain.this::readAll);
                }
            });
            send(1);
            allWereReadAndAreGone(3);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadInTheGroupAnAggregatorMadeOfCompletedExchanges(boolean caching) throws Exception {
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download)
                            .aggregate(constant(true), AggregationStrategies.groupedBody())
                            .completionSize(3)
                            .process(GatheredAgain.this::readAll);
                }
            });
            send(2);
            // Both are complete, and wait for the third.
            await().atMost(LIMIT)
                    .until(() ->
                            videos.get() == 2 && context.getInflightRepository().size() == 0);
            send(1);
            allWereReadAndAreGone(3);
        }

        @Test
        void isReadWhenTheAggregatorKeepsTheLatest() throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download)
                            .aggregate(constant(true), AggregationStrategies.useLatest())
                            .completionTimeout(200)
                            .completionTimeoutCheckerInterval(50)
                            .to("seda:next");
                    from("seda:next?pollTimeout=20").process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadByWhoEnrichesWithIt(boolean caching) throws Exception {
            AggregationStrategy takeTheVideo = (mine, enriched) -> {
                mine.getMessage().setBody(enriched.getMessage().getBody());
                return mine;
            };
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).enrich("direct:download", takeTheVideo).process(VideoStreamTest.this::readWhole);
                    from("direct:download").process(VideoStreamTest.this::download);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }
    }

    @Nested
    class FromATemplate {
        @Test
        void isReadByTheCaller() throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    from("direct:download").process(VideoStreamTest.this::download);
                }
            });
            var template = context.createProducerTemplate();
            read.add(template.requestBody("direct:download", "go", String.class));
            read.add(template.send("direct:download", exchange -> {})
                    .getMessage()
                    .getBody(String.class));
            allWereReadAndAreGone(2);
        }
    }

    @Nested
    class ByItself {
        private final Exchange exchange = new DefaultExchange(context);

        private VideoStream stream() throws IOException {
            return VideoStream.kept(Files.writeString(directory.resolve("a.mp4"), "0123456789"));
        }

        @Test
        void knowsItsLengthAndIsNotInMemory() throws IOException {
            try (var stream = stream()) {
                assertThat(stream.length()).isEqualTo(10);
                assertThat(stream.available()).isEqualTo(10);
                assertThat(stream.inMemory()).isFalse();
            }
        }

        @Test
        void beginsAnewAfterAResetAndAfterAClose() throws IOException {
            VideoStream stream = stream();
            assertThat(stream.readNBytes(4)).asString(StandardCharsets.UTF_8).isEqualTo("0123");
            stream.reset();
            assertThat(stream.skip(2)).isEqualTo(2);
            assertThat(stream.read()).isEqualTo('2');
            stream.close();
            var out = new ByteArrayOutputStream();
            stream.writeTo(out);
            assertThat(out).hasToString("0123456789");
            assertThat(stream.read()).isEqualTo(-1);
            stream.close();
        }

        @Test
        void isReadIndependentlyByItsCopies() throws IOException {
            try (var stream = stream();
                    var copy = (InputStream) stream.copy(exchange)) {
                assertThat(stream.readNBytes(5))
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("01234");
                assertThat(copy.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("0123456789");
                assertThat(((StreamCache) copy).length()).isEqualTo(10);
            }
        }

        @Test
        void staysInADirectoryOfTheUsers() throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    from(IN).process(e -> e.getMessage().setBody(stream())).process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            await().atMost(LIMIT)
                    .until(() ->
                            !read.isEmpty() && context.getInflightRepository().size() == 0);
            assertThat(directory.resolve("a.mp4")).hasContent("0123456789");
        }
    }
}
