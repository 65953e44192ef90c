package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.Pictures;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.simulator.Fault;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that the model would not take, and that are made fit on the way. */
class PreflightFixTest {
    private static final int MB = 1 << 20;
    private static final String FIX = "preflight=fix&stagingUri=direct:stage";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final List<byte[]> staged = new CopyOnWriteArrayList<>();

    private Exchange send(String options, Object body) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stage").process(exchange -> {
                    var message = exchange.getMessage();
                    byte[] image = message.getBody(byte[].class);
                    staged.add(image);
                    message.setBody(
                            CAMEL.simulator().serve(message.getHeader("CamelHh1ImageName", String.class), image));
                });
            }
        });
        var sent = CAMEL.send(options, exchange -> exchange.getMessage().setBody(body));
        sent.video();
        return sent.end();
    }

    private String fixed(Object body) {
        return send(FIX, body).getMessage().getHeader(Hh1Constants.IMAGE_FIXED, String.class);
    }

    private byte[] staged() {
        assertThat(staged).hasSize(1);
        return staged.get(0);
    }

    private static ImageHeader header(byte[] image) {
        return ImageContent.of(image).look().header();
    }

    /** Files of the fixer, wherever the component keeps its own. */
    private static Stream<Path> leftovers() throws IOException {
        try (Stream<Path> tmp = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return tmp
                    .filter(path -> path.getFileName().toString().startsWith("camel-hh1-"))
                    .flatMap(PreflightFixTest::list)
                    .filter(path -> path.getFileName().toString().startsWith("fixed-"))
                    .toList()
                    .stream();
        }
    }

    private static Stream<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static void assertQuarters(BufferedImage picture) {
        assertThat(List.of(
                        Pictures.colour(picture, 0.2, 0.2),
                        Pictures.colour(picture, 0.8, 0.2),
                        Pictures.colour(picture, 0.2, 0.8),
                        Pictures.colour(picture, 0.8, 0.8)))
                .containsExactly("red", "green", "blue", "yellow");
    }

    @Nested
    class AnImageThatIsTooSmall {
        @Test
        void isScaledUp() {
            assertThat(fixed(Pictures.encoded("png", 200, 150)))
                    .isEqualTo("scaled 200x150 to 400x300; re-encoded as PNG");
            assertThat(header(staged())).isEqualTo(new ImageHeader(ImageFormat.PNG, 400, 300));
            assertQuarters(Pictures.decoded(staged()));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
        void isTurnedUpright(int orientation) {
            String turned = orientation == 1 ? "" : "turned upright (orientation " + orientation + "); ";
            assertThat(fixed(Pictures.turned(200, 150, orientation)))
                    .isEqualTo(turned + "scaled 200x150 to 400x300; re-encoded as JPEG");
            assertThat(header(staged())).isEqualTo(new ImageHeader(ImageFormat.JPEG, 400, 300, 1));
            assertQuarters(Pictures.decoded(staged()));
        }

        @Test
        void leavesNothingBehind() throws IOException {
            fixed(Pictures.encoded("png", 200, 150));
            await().untilAsserted(() -> assertThat(leftovers()).isEmpty());
        }
    }

    @Nested
    class AnImageThatIsTooWide {
        @Test
        void isPaddedAboveAndBelow() {
            assertThat(fixed(Pictures.encoded("png", 3000, 600)))
                    .isEqualTo("padded 3000x600 to 3000x1200; re-encoded as PNG");
            BufferedImage picture = Pictures.decoded(staged());
            assertThat(picture.getHeight()).isEqualTo(1200);
            assertThat(List.of(
                            Pictures.colour(picture, 0.2, 0.1),
                            Pictures.colour(picture, 0.2, 0.3),
                            Pictures.colour(picture, 0.8, 0.3),
                            Pictures.colour(picture, 0.2, 0.7),
                            Pictures.colour(picture, 0.8, 0.7),
                            Pictures.colour(picture, 0.8, 0.9)))
                    .containsExactly("black", "red", "green", "blue", "yellow", "black");
        }

        @Test
        void andTooHighIsPaddedAtItsSides() {
            fixed(Pictures.encoded("jpg", 100, 1000));
            assertThat(header(staged())).isEqualTo(new ImageHeader(ImageFormat.JPEG, 400, 1000));
            assertThat(Pictures.colour(Pictures.decoded(staged()), 0.1, 0.5)).isEqualTo("black");
        }
    }

    @Nested
    class AnImageOfAnotherFormat {
        @ParameterizedTest
        @CsvSource({"gif, GIF, PNG", "bmp, BMP, JPEG", "tiff, TIFF, JPEG"})
        void isEncodedAnew(String name, String from, ImageFormat to) {
            assertThat(fixed(Pictures.encoded(name, 640, 480))).isEqualTo("re-encoded " + from + " as " + to.title());
            assertThat(header(staged())).isEqualTo(new ImageHeader(to, 640, 480));
            assertQuarters(Pictures.decoded(staged()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"lossy", "lossless", "extended"})
        void isWebpReadWithALibrary(String kind) {
            String flattened = kind.equals("extended") ? "transparency flattened onto white; " : "";
            assertThat(fixed(Pictures.webp(kind)))
                    .isEqualTo(flattened + "scaled 200x150 to 400x300; re-encoded WEBP as JPEG");
            BufferedImage picture = Pictures.decoded(staged());
            assertQuarters(picture);
            assertThat(Pictures.colour(picture, 0.5, 0.5).equals("white")).isEqualTo(kind.equals("extended"));
        }

        @Test
        void isFlattenedOntoWhite() {
            assertThat(fixed(Pictures.encoded("png", Pictures.holed(200, 150))))
                    .startsWith("transparency flattened onto white; scaled");
            assertThat(Pictures.colour(Pictures.decoded(staged()), 0.5, 0.5)).isEqualTo("white");
        }

        @Test
        void isRefusedWhereNothingDecodesIt() {
            byte[] heic = HexFormat.of().parseHex("000000186674797068656963" + "00".repeat(100));
            assertThat(CAMEL.refused("inlineImages=true&preflight=fix", heic, Map.of())
                            .violations())
                    .satisfiesExactly(
                            violation -> assertThat(violation).startsWith("image: it is HEIC"),
                            violation -> assertThat(violation).isEqualTo("image: preflight=fix cannot decode HEIC"));
        }
    }

    @Nested
    class AnImageOfTooManyBytes {
        @Test
        void isEncodedAnew() {
            assertThat(fixed(Pictures.filled(Pictures.encoded("jpg", 400, 300), 21 * MB)))
                    .isEqualTo("re-encoded as JPEG");
            assertThat(staged().length).isLessThan(MB);
        }

        @Test
        void andPixelsIsScaledDown() {
            assertThat(fixed(Pictures.filled(Pictures.encoded("jpg", 3600, 2400), 21 * MB)))
                    .isEqualTo("scaled 3600x2400 to 1800x1200; re-encoded as JPEG");
            assertQuarters(Pictures.decoded(staged()));
        }
    }

    @Nested
    class AnImageThatDeclaresTooManyPixels {
        @Test
        void isNotDecoded() {
            assertThat(CAMEL.refused(
                                    "inlineImages=true&preflight=fix&preflightMaxPixels=29999",
                                    Pictures.encoded("png", 200, 150),
                                    Map.of())
                            .violations())
                    .satisfiesExactly(
                            violation -> assertThat(violation).startsWith("image: its width is 200"),
                            violation -> assertThat(violation).startsWith("image: its height is 150"),
                            violation -> assertThat(violation)
                                    .isEqualTo(
                                            "image: it declares 30000 pixels, and preflight=fix decodes at most 29999"
                                                    + " (preflightMaxPixels); scale it down"));
        }
    }

    @Nested
    class AnImageWithinTheLimits {
        @ParameterizedTest
        @ValueSource(ints = {1, 6})
        void isSentByteForByte(int orientation) {
            byte[] image = Pictures.turned(400, 300, orientation);
            assertThat(fixed(image)).isNull();
            assertThat(staged()).isEqualTo(image);
        }
    }

    @Nested
    class AnImageThatCannotBeDecoded {
        @Test
        void isRefused() {
            byte[] cut = Arrays.copyOf(Pictures.encoded("png", 200, 150), 60);
            var failure = CAMEL.refused("inlineImages=true&preflight=fix", cut, Map.of());
            assertThat(failure.violations())
                    .singleElement()
                    .asString()
                    .startsWith("image: preflight=fix: it could not be decoded");
            assertThat(CAMEL.posts()).isZero();
        }
    }

    @Nested
    class TheHeader {
        @Test
        void isOfContentThatTravelsInside() {
            Exchange ended = send("preflight=fix&inlineImages=true", Pictures.encoded("png", 200, 150));
            assertThat(ended.getMessage().getHeader(Hh1Constants.IMAGE_FIXED)).isNotNull();
            assertThat(CAMEL.simulator().requests()).singleElement().satisfies(request -> assertThat(request.image())
                    .startsWith("data:image/png;base64,"));
        }

        @Test
        void isOfADataUri() {
            String uri =
                    "data:image/gif;base64," + Base64.getEncoder().encodeToString(Pictures.encoded("gif", 640, 480));
            assertThat(send("preflight=fix", uri).getMessage().getHeader(Hh1Constants.IMAGE_FIXED))
                    .isEqualTo("re-encoded GIF as PNG");
        }

        @Test
        void isGoneWhenTheLedgerAnswersOfTheSameOriginal() {
            byte[] image = Pictures.encoded("png", 200, 150);
            String options = "preflight=fix&inlineImages=true&requestKey=same";
            assertThat(send(options, image).getMessage().getHeader(Hh1Constants.IMAGE_FIXED))
                    .isNotNull();
            var again = CAMEL.send(options, exchange -> {
                exchange.getMessage().setBody(image);
                exchange.getMessage().setHeader(Hh1Constants.IMAGE_FIXED, "of an earlier call");
            });
            again.video();
            assertThat(again.end().getMessage().getHeaders())
                    .containsEntry(Hh1Constants.REPLAYED, true)
                    .doesNotContainKey(Hh1Constants.IMAGE_FIXED);
            assertThat(CAMEL.posts()).isOne();
        }

        @Test
        void comesWithABodyThatIsTheOriginalWhereTheCallFailed() {
            byte[] image = Pictures.encoded("png", 200, 150);
            CAMEL.simulator().script(Fault.closeAfterRequest());
            var sent = CAMEL.send("preflight=fix&inlineImages=true", exchange -> exchange.getMessage()
                    .setBody(image));
            sent.end();
            assertThat(Images.sha256(sent.end().getMessage().getBody(byte[].class)))
                    .isEqualTo(Images.sha256(image));
            await().untilAsserted(() -> assertThat(leftovers()).isEmpty());
        }
    }

    @Test
    void manyAtOnceAreFixedOneAfterTheOther() {
        CAMEL.restart(component -> component.setMaxInFlight(20));
        var sent = Stream.iterate(200, width -> width + 1)
                .limit(20)
                .map(width -> CAMEL.send("preflight=fix&inlineImages=true", exchange -> exchange.getMessage()
                        .setBody(Pictures.encoded("png", width, 150))))
                .toList();
        sent.forEach(each -> assertThat(each.video()).isNotEmpty());
        assertThat(TestContext.threads("hh1-images")).hasSizeLessThanOrEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(20);
    }

    @Test
    void aLinkIsTakenOnTrust() {
        Exchange ended = send("preflight=fix", CAMEL.simulator().sampleImageUrl());
        assertThat(ended.getMessage().getHeader(Hh1Constants.IMAGE_FIXED)).isNull();
    }
}
