package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.message.FileStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoStreamTest extends VideoRoutes {
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
        void takesItsSpaceAlongWhereRedeliveryIsOnToo() throws Exception {
            var bodies = new ConcurrentLinkedQueue<InputStream>();
            start(true, new Route() {
                @Override
                void routes() {
                    errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                    from(IN).process(VideoStreamTest.this::download)
                            .process(
                                    exchange -> bodies.add(exchange.getMessage().getBody(InputStream.class)))
                            .process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
            assertThatThrownBy(() -> bodies.element().read()).isInstanceOf(NoSuchFileException.class);
        }

        @Test
        void saysToAReaderOfAGlobalVariableWhyItIsGone() throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamTest.this::download)
                            .setVariable("global:video", body())
                            .process(VideoStreamTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
            assertThatThrownBy(() ->
                            context.getVariable("video", InputStream.class).read())
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining(directory.resolve("video-1.mp4").toString())
                    .hasMessageContaining("deleted when the exchange that held it ended")
                    .hasMessageContaining("downloadDirectory");
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

        private FileStream stream() throws IOException {
            return FileStream.kept(Files.writeString(directory.resolve("a.mp4"), "0123456789"));
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
            FileStream stream = stream();
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
