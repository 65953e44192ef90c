package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.Pictures;
import io.github.camelhh1.fixture.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that the model may not take: let through with a word, or refused before money moves. */
class PreflightTest {
    private static final int MB = 1 << 20;
    private static final String PDF = "%PDF-1.7 and so on";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static byte[] tiny() {
        return Pictures.encoded("png", 1000, 200);
    }

    private static InvalidRequestException refused(String options, Object body) {
        var failure = CAMEL.refused("inlineImages=true&" + options, body, Map.of());
        assertThat(CAMEL.posts()).isZero();
        return failure;
    }

    /** How often, and what, the log says while the image is sent unchanged. */
    private static String warning(String options, byte[] image) {
        try (CapturedLog log = CapturedLog.start()) {
            var sent = CAMEL.send("inlineImages=true&" + options, exchange -> exchange.getMessage()
                    .setBody(image));
            sent.end();
            assertThat(CAMEL.simulator().requests()).singleElement().satisfies(request -> assertThat(request.image())
                    .endsWith(Images.sha256(image)));
            return log.text().lines().filter(line -> line.contains("Preflight")).reduce("", String::concat);
        }
    }

    private static String dataUri(String type, byte[] image) {
        return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(image);
    }

    @Nested
    class WithWarn {
        @Test
        void aBadImageIsSentWithOneLineInTheLog() {
            assertThat(warning("prompt=p", tiny()))
                    .containsOnlyOnce("WARN")
                    .contains("its height is 200 pixels, and must be at least 300")
                    .contains("its ratio is 5.00:1 (1000 x 200 pixels), and must be from 1:2.5 to 2.5:1");
        }

        @Test
        void theLineNamesTheFileAndTheRun() {
            try (CapturedLog log = CapturedLog.start()) {
                var sent = CAMEL.send("inlineImages=true", exchange -> {
                    exchange.getMessage().setBody(tiny());
                    exchange.getMessage().setHeader(Exchange.FILE_NAME, "holiday/panorama.png\nERROR");
                });
                String run = sent.end().getMessage().getHeader("CamelHh1RunId", String.class);
                assertThat(log.text().lines().filter(line -> line.contains("Preflight")))
                        .singleElement()
                        .asString()
                        .contains("\"holiday/panorama.png ERROR\", run " + run + ": its height is 200 pixels");
            }
        }

        @Test
        void aGoodImageIsSentWithoutAWord() {
            assertThat(warning("preflight=warn", Pictures.turned(400, 300, 6))).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "12, 'it has 12.00 MB (12582912 bytes), and some sources say that at most 10 MB are taken'",
            "21, 'it has 21.00 MB (22020096 bytes), and may have at most 20 MB'"
        })
        void anImageOfManyBytesIsSentWithAWarning(int megabytes, String text) {
            assertThat(warning("prompt=p", Pictures.filled(Pictures.encoded("png", 400, 300), megabytes * MB)))
                    .contains(text);
        }

        @Test
        void anImageOfAnotherFormatIsSentWithAWarning() {
            assertThat(warning("prompt=p", Pictures.encoded("gif", 400, 300)))
                    .contains("it is GIF, and the model takes");
        }

        @Test
        void contentThatIsNoImageIsRefused() {
            assertThat(refused("prompt=p", PDF.getBytes(StandardCharsets.US_ASCII))
                            .violations())
                    .singleElement()
                    .asString()
                    .contains("holds PDF", "the model takes JPEG, PNG and WEBP");
        }

        @Test
        void aDataUriThatIsNoImageIsRefused() {
            String uri = dataUri("png", "<html><body>Sign in".getBytes(StandardCharsets.US_ASCII));

            assertThat(refused("prompt=p", uri).violations())
                    .containsExactly("image: it is no image but HTML; the model takes JPEG, PNG and WEBP: send one");
        }
    }

    @Nested
    class WithFail {
        @Test
        void everyRuleThatIsBrokenIsTold() {
            byte[] gif = Pictures.filled(Pictures.encoded("gif", 20, 10), 21 * MB);
            assertThat(refused("preflight=fail", gif).violations())
                    .satisfiesExactly(
                            violation -> assertThat(violation).startsWith("image: it is GIF"),
                            violation -> assertThat(violation).startsWith("image: its width is 20 pixels"),
                            violation -> assertThat(violation).startsWith("image: its height is 10 pixels"),
                            violation -> assertThat(violation).startsWith("image: it has 21.00 MB"));
        }

        @Test
        void everyRuleIsToldTogetherWithThoseOfOtherFields() {
            assertThat(CAMEL.refused("preflight=fail&inlineImages=true", tiny(), Map.of("CamelHh1Duration", 99))
                            .violations())
                    .satisfiesExactlyInAnyOrder(
                            violation -> assertThat(violation).startsWith("duration: 99"),
                            violation -> assertThat(violation).startsWith("image: its height"),
                            violation -> assertThat(violation).startsWith("image: its ratio"));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
        void aPhotoIsMeasuredAsItIsShown(int orientation) {
            assertThat(refused("preflight=fail", Pictures.turned(400, 200, orientation))
                            .violations())
                    .singleElement()
                    .asString()
                    .startsWith("image: its height is 200 pixels");
        }

        @Test
        void aWebpIsMeasured() {
            assertThat(refused("preflight=fail", Pictures.webp("lossy")).violations())
                    .containsExactly(
                            "image: its width is 200 pixels, and must be at least 300; send a larger image",
                            "image: its height is 150 pixels, and must be at least 300; send a larger image");
        }

        @Test
        void aDataUriIsContentToo() {
            assertThat(refused("preflight=fail", dataUri("png", tiny())).violations())
                    .satisfiesExactly(
                            violation -> assertThat(violation).startsWith("image: its height is 200"),
                            violation -> assertThat(violation).startsWith("image: its ratio is 5.00:1"));
        }

        @Test
        void aBrokenHeaderIsTold() {
            byte[] cut = Arrays.copyOf(tiny(), 20);
            assertThat(refused("preflight=fail", cut).violations())
                    .containsExactly(
                            "image: its PNG header cannot be read (the image ends within its header); save the image anew");
        }

        @Test
        void aGoodImageOfManyBytesIsSentWithAWarning() {
            assertThat(warning("preflight=fail", Pictures.filled(Pictures.encoded("png", 400, 300), 12 * MB)))
                    .contains("it has 12.00 MB");
        }

        @Test
        void aRefusedMessageMayComeAgain() {
            byte[] image = tiny();
            for (int i = 0; i < 2; i++) {
                var failure = CAMEL.send(
                                "inlineImages=true&preflight=fail&requestKey=k",
                                exchange -> exchange.getMessage().setBody(image))
                        .failure(InvalidRequestException.class);
                assertThat(failure.violations()).hasSize(2);
            }
            CAMEL.send("inlineImages=true&preflight=off&requestKey=k", exchange -> exchange.getMessage()
                            .setBody(image))
                    .video();
        }
    }

    @Nested
    class WithOff {
        @Test
        void everythingIsSent() {
            assertThat(warning("preflight=off", tiny())).isEmpty();
        }

        @Test
        void evenWhatIsNoImageIs() {
            CAMEL.send("inlineImages=true&preflight=off", exchange -> exchange.getMessage()
                            .setBody(PDF.getBytes(StandardCharsets.US_ASCII)))
                    .end();
            assertThat(CAMEL.posts()).isOne();
        }
    }

    @Nested
    class ALink {
        private static final String OPTIONS = "allowPrivateHosts=true&preflightUrls=true&preflight=";

        private String put(byte[] image) {
            return CAMEL.simulator().serve("picture", image);
        }

        @Test
        void isTakenOnTrustUnlessAskedOtherwise() {
            String link = put(tiny());
            CAMEL.send("preflight=fail", exchange -> exchange.getMessage().setBody(link))
                    .video();
        }

        @Test
        void isLookedAtWhereAsked() {
            assertThat(CAMEL.refused(OPTIONS + "fail", put(tiny()), Map.of()).violations())
                    .satisfiesExactly(
                            violation -> assertThat(violation).startsWith("image: its height is 200"),
                            violation -> assertThat(violation).startsWith("image: its ratio is 5.00:1"));
            CAMEL.send(OPTIONS + "fail", exchange -> exchange.getMessage()
                            .setBody(put(Pictures.encoded("jpg", 400, 300))))
                    .video();
        }

        @Test
        void isMeasuredInBytesThatDoNotCome() {
            byte[] image = Pictures.filled(Pictures.encoded("png", 400, 300), 21 * MB);
            assertThat(CAMEL.refused(OPTIONS + "fail", put(image), Map.of()).violations())
                    .singleElement()
                    .asString()
                    .startsWith("image: it has 21.00 MB");
        }

        /** As photos with a colour profile and a preview have it. */
        @Test
        void isNotRefusedForAHeaderThatIsLongerThanWhatIsLookedAt() {
            byte[] photo = Pictures.encoded("jpg", 400, 300);
            byte[] image = new byte[photo.length + 3 * 40_000];
            System.arraycopy(photo, 0, image, 0, 2);
            for (int at = 2; at < 120_002; at += 40_000) {
                System.arraycopy(
                        new byte[] {(byte) 0xff, (byte) 0xe2, (byte) (39_998 >> 8), (byte) 39_998}, 0, image, at, 4);
            }
            System.arraycopy(photo, 2, image, 120_002, photo.length - 2);
            CAMEL.send(OPTIONS + "fail", exchange -> exchange.getMessage().setBody(put(image)))
                    .video();
        }

        @Test
        void isRefusedForAHeaderThatIsCutOffItself() {
            byte[] image = Arrays.copyOf(Pictures.encoded("jpg", 400, 300), 20);
            assertThat(CAMEL.refused(OPTIONS + "fail", put(image), Map.of()).violations())
                    .anySatisfy(violation -> assertThat(violation).contains("header cannot be read"));
        }

        @Test
        void thatLeadsNowhereIsTold() {
            String link = put(tiny()).replace("picture", "gone") + "?X-Amz-Signature=secret";
            assertThat(CAMEL.refused(OPTIONS + "fail", link, Map.of()).violations())
                    .containsExactly("image: its link could not be looked at: its host answered with HTTP status 404");
        }

        @Test
        void intoThePrivateNetworkIsNotFollowed() {
            assertThat(CAMEL.refused("preflightUrls=true&preflight=fail", put(tiny()), Map.of())
                            .violations())
                    .singleElement()
                    .asString()
                    .contains("allowPrivateHosts");
        }

        @Test
        void isSentWithAWarningWhereThatIsAsked() {
            String link = put(tiny());
            try (CapturedLog log = CapturedLog.start()) {
                CAMEL.send(OPTIONS + "warn", exchange -> exchange.getMessage().setBody(link))
                        .video();
                assertThat(log.text()).contains("its height is 200");
            }
        }

        @Test
        void isRefusedWhereItWouldHaveToBeFixed() {
            assertThat(CAMEL.refused(OPTIONS + "fix", put(tiny()), Map.of()).violations())
                    .anySatisfy(violation -> assertThat(violation).startsWith("image: its height is 200"));
        }
    }

    @Nested
    class AnEstimate {
        private Hh1Exception failure(String options, Object body) {
            return CAMEL.sendTo("hh1:estimate?" + options, exchange -> exchange.getMessage()
                            .setBody(body))
                    .failure(InvalidRequestException.class);
        }

        @Test
        void failsWhereGenerateWould() {
            assertThat(failure("inlineImages=true&preflight=fail", tiny())).hasMessageContaining("its height is 200");
            assertThat(failure("preflight=fail", dataUri("png", tiny()))).hasMessageContaining("its height is 200");
            assertThat(failure("inlineImages=true&preflight=fix", Pictures.filled(tiny(), 101 * MB)))
                    .hasMessageContaining("decodes at most");
        }

        @Test
        void saysNothingOfWhatWillBeFixed() {
            assertThat(CAMEL.sendTo("hh1:estimate?inlineImages=true&preflight=fix", exchange -> exchange.getMessage()
                                    .setBody(tiny()))
                            .end()
                            .getException())
                    .isNull();
        }

        @Test
        void looksAtNoLink() {
            String link = "https://images.invalid/photo.png";
            assertThat(CAMEL.sendTo("hh1:estimate?preflightUrls=true&preflight=fail", exchange -> exchange.getMessage()
                                    .setBody(link))
                            .end()
                            .getException())
                    .isNull();
        }
    }
}
