package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.converter.stream.ByteArrayInputStreamCache;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.support.MessageHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Image content as body: every kind of it is staged, or travels inline, and stays usable. */
class ImageBodiesTest {
    private static final byte[] PNG = Images.png();

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path directory;

    /** Each kind of content, made anew for each use. */
    enum Content {
        FILE {
            @Override
            Object of(Path directory) throws Exception {
                return Files.write(directory.resolve("photo.png"), PNG).toFile();
            }
        },
        PATH {
            @Override
            Object of(Path directory) throws Exception {
                return Files.write(directory.resolve("photo.png"), PNG);
            }
        },
        BYTES,
        BUFFER {
            @Override
            Object of(Path directory) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(PNG.length + 10).position(5);
                return buffer.put(PNG).flip().position(5);
            }
        },
        STREAM {
            @Override
            Object of(Path directory) {
                return new ByteArrayInputStream(PNG);
            }
        },
        STREAM_THAT_DRIPS {
            @Override
            Object of(Path directory) {
                return new InputStream() {
                    private int next;

                    @Override
                    public int read() {
                        return next == PNG.length ? -1 : PNG[next++] & 0xff;
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        int b = length == 0 ? 0 : read();
                        target[offset] = (byte) b;
                        return b < 0 ? -1 : 1;
                    }
                };
            }
        },
        CACHE {
            @Override
            Object of(Path directory) {
                return new InputStreamCache(PNG);
            }
        },
        ANOTHER_CACHE {
            @Override
            Object of(Path directory) {
                return new ByteArrayInputStreamCache(new ByteArrayInputStream(PNG));
            }
        };

        Object of(Path directory) throws Exception {
            return PNG.clone();
        }
    }

    @ParameterizedTest
    @EnumSource
    void contentTravelsInline(Content content) throws Exception {
        assertThat((String) CAMEL.input("inlineImages=true&prompt=p", content.of(directory))
                        .get("image"))
                .startsWith("data:image/png;base64,sha256:")
                .endsWith(Images.sha256(PNG));
    }

    @ParameterizedTest
    @EnumSource
    void contentIsStaged(Content content) throws Exception {
        List<Map<String, Object>> staged = stagingRoute();

        assertThat((String) CAMEL.input("stagingUri=direct:stage&prompt=p", content.of(directory))
                        .get("image"))
                .endsWith(Images.sha256(PNG) + ".png");

        assertThat(staged).singleElement().satisfies(headers -> assertThat(headers)
                .containsEntry("CamelHh1ImageName", Images.sha256(PNG) + ".png")
                .containsEntry(Exchange.CONTENT_TYPE, "image/png")
                .containsEntry(Exchange.CONTENT_LENGTH, (long) PNG.length)
                .doesNotContainKey("CamelHh1Prompt"));
    }

    @ParameterizedTest
    @EnumSource
    void contentStaysUsableAfterAFailure(Content content) throws Exception {
        for (boolean caching : new boolean[] {true, false}) {
            CAMEL.context().setStreamCaching(caching);
            CAMEL.simulator().script(Fault.closeAfterRequest());
            Object body = content.of(directory);
            var found = new CopyOnWriteArrayList<byte[]>();
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:failing" + caching)
                            .doTry()
                            .to("hh1:generate?inlineImages=true")
                            .doCatch(OutcomeUnknownException.class)
                            .process(exchange -> found.add(bytes(exchange)))
                            .process(exchange -> found.add(bytes(exchange)));
                }
            });

            CAMEL.sendTo("direct:failing" + caching, exchange -> exchange.getMessage()
                            .setBody(body))
                    .end();

            assertThat(found).containsExactly(PNG, PNG);
        }
    }

    /** Camel's own converter of buffers forgets their position. */
    private static byte[] bytes(Exchange exchange) {
        MessageHelper.resetStreamCache(exchange.getMessage());
        if (exchange.getMessage().getBody() instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return exchange.getMessage().getBody(byte[].class);
    }

    @Test
    void aFileOfAFileRouteIsReadFromTheFile() throws Exception {
        Files.write(directory.resolve("photo.png"), PNG);
        var ended = new CopyOnWriteArrayList<Exchange>();
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + directory + "?noop=true&initialDelay=0&delay=50")
                        .to("hh1:generate?inlineImages=true")
                        .process(ended::add);
            }
        });

        org.awaitility.Awaitility.await().until(() -> !ended.isEmpty());
        assertThat(CAMEL.simulator().requests()).singleElement().satisfies(request -> assertThat(request.image())
                .endsWith(Images.sha256(PNG)));
        assertThat(ended.get(0).getMessage().getHeader("CamelHh1VideoFileName")).isEqualTo("photo.mp4");
    }

    @Test
    void anImageInAHeaderWinsOverContent() {
        SentMessage sent = CAMEL.send("inlineImages=true", exchange -> {
            exchange.getMessage().setBody(PNG);
            exchange.getMessage().setHeader("CamelHh1Image", CAMEL.simulator().sampleImageUrl());
        });

        assertThat(CAMEL.received(sent))
                .containsExactlyEntriesOf(Map.of("image", CAMEL.simulator().sampleImageUrl()));
    }

    private static List<Map<String, Object>> stagingRoute() {
        var staged = new CopyOnWriteArrayList<Map<String, Object>>();
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stage").process(exchange -> {
                    var message = exchange.getMessage();
                    staged.add(Map.copyOf(message.getHeaders()));
                    String name = message.getHeader("CamelHh1ImageName", String.class);
                    message.setBody(CAMEL.simulator().serve(name, message.getBody(byte[].class)));
                });
            }
        });
        return staged;
    }
}
