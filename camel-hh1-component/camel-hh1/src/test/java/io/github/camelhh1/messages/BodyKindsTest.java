package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.generation.GenerationRequest;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of a body: every row of the contract's table. */
class BodyKindsTest {
    private static final byte[] PNG = Images.png();

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path directory;

    private String image;

    @BeforeEach
    void putUpAnImage() {
        image = CAMEL.simulator().sampleImageUrl();
    }

    @Nested
    class ALink {
        @Test
        void isTheImageAsStringUriOrUrl() throws Exception {
            for (Object body : new Object[] {
                image, URI.create(image), new URL(image), new StringBuilder(image), new StringReader(image), " " + image
            }) {
                assertThat(CAMEL.input("", body)).containsExactlyEntriesOf(Map.of("image", image));
            }
        }

        @Test
        void mayHoldTheImageItself() {
            String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);

            assertThat((String) CAMEL.input("", data).get("image"))
                    .startsWith("data:image/png")
                    .endsWith(Images.sha256(PNG));
        }
    }

    @Nested
    class AnObject {
        @Test
        void hasTheModelsFieldsAsStringMapNodeOrRequest() throws Exception {
            String json =
                    "{\"image\":\"" + image + "\",\"prompt\":\"p\",\"negative_prompt\":\"n\",\"resolution\":\"720p\","
                            + "\"duration\":\"4\",\"seed\":7,\"watermark\":false}";
            var expected = Map.of(
                    "image",
                    image,
                    "prompt",
                    "p",
                    "negative_prompt",
                    "n",
                    "resolution",
                    "720P",
                    "duration",
                    4,
                    "seed",
                    7,
                    "watermark",
                    false);
            var mapper = new ObjectMapper();
            var request = new GenerationRequest(image, "p", "n", "720P", 4, 7, false);
            for (Object body : new Object[] {
                json,
                "\n  " + json,
                new StringReader(json),
                mapper.readValue(json, Map.class),
                mapper.readTree(json),
                request
            }) {
                assertThat(CAMEL.input("", body)).containsExactlyInAnyOrderEntriesOf(expected);
            }
        }

        @Test
        void sendsOnlyWhatWasSet() {
            assertThat(CAMEL.input("", "{\"image\":\"" + image + "\",\"prompt\":null,\"seed\":0}"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("image", image, "seed", 0));
        }
    }

    @Nested
    class AnyOtherText {
        @Test
        void isThePrompt() {
            for (String prompt :
                    new String[] {"push in", "12", "null", "see https://x", "mailto:me", "[1]", "C:\\x", "émile 😀\n2"
                    }) {
                assertThat(CAMEL.input("image=RAW(" + image + ")", prompt))
                        .containsExactlyInAnyOrderEntriesOf(Map.of("image", image, "prompt", prompt));
            }
        }
    }

    /** A local path, or an image as text, would be paid for as a prompt. */
    @Nested
    class AStringThatIsMeantForAFile {
        private String option() {
            return "image=RAW(" + image + ")";
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "photo.jpg",
                    "/home/me/photo.JPEG",
                    "C:\\photos\\cat.png",
                    "a.webp",
                    "scan.tiff",
                    "file:/home/me/photo.jpg",
                    "file:/home/me/my photo",
                    "FILE:C:/photo.png"
                })
        void isNoPrompt(String path) {
            assertThat(CAMEL.refused(option(), path, Map.of()).violations())
                    .singleElement()
                    .asString()
                    .startsWith("body: ")
                    .contains("java.io.File", "content", "CamelHh1Prompt");
            assertThat(CAMEL.posts()).isZero();
        }

        @Test
        void isNoPromptAsUriOrUrl() throws Exception {
            for (Object body : new Object[] {
                directory.resolve("photo.png").toUri(),
                directory.resolve("photo").toUri().toURL(),
                URI.create("photo.png"),
                URI.create("mailto:me"),
                new URL("jar:file:/x.jar!/photo.png")
            }) {
                assertThat(CAMEL.refused(option(), body, Map.of()).violations())
                        .singleElement()
                        .asString()
                        .startsWith("body: ")
                        .contains("http://", body.getClass().getSimpleName());
            }
            assertThat(CAMEL.posts()).isZero();
        }

        @Test
        void isNoPromptAsLongBase64() {
            String base64 = Base64.getEncoder().encodeToString(Images.png());
            String url = Base64.getUrlEncoder().withoutPadding().encodeToString(Images.png());

            for (String text : new String[] {base64, url}) {
                assertThat(CAMEL.refused(option(), text, Map.of()).violations())
                        .singleElement()
                        .asString()
                        .startsWith("body: ")
                        .contains("Base64", "byte[]", "data:image/");
            }
        }

        @Test
        void isAPromptWhereItIsASentence() {
            for (String prompt : new String[] {"look at photo.jpg", "x.jpg zooms", "wwwwwwwwwwwwwwwww", ".png"}) {
                assertThat(CAMEL.input(option(), prompt)).containsEntry("prompt", prompt);
            }
        }
    }

    @Nested
    class AByteOrderMark {
        @Test
        void isDropped() {
            assertThat(CAMEL.input("", "\ufeff" + image)).containsExactlyEntriesOf(Map.of("image", image));
            assertThat(CAMEL.input("", "\ufeff{\"image\":\"" + image + "\"}"))
                    .containsExactlyEntriesOf(Map.of("image", image));
            assertThat(CAMEL.input("image=RAW(" + image + ")", new StringReader("\ufeffpush in")))
                    .containsEntry("prompt", "push in");
        }
    }

    @Nested
    class NoBody {
        @Test
        void takesEverythingFromHeadersAndOptions() {
            SentMessage sent = CAMEL.send("prompt=o&duration=5&seed=1", exchange -> exchange.getMessage()
                    .setHeaders(new java.util.HashMap<>(
                            Map.of("CamelHh1Image", image, "CamelHh1Prompt", "h", "CamelHh1Duration", "4"))));

            assertThat(CAMEL.received(sent))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("image", image, "prompt", "h", "duration", 4, "seed", 1));
        }
    }

    @Nested
    class Precedence {
        @Test
        void isHeaderThenBodyThenOptionFieldByField() {
            String other = CAMEL.simulator().serve("other.png", PNG);
            SentMessage sent = CAMEL.send(
                    "image=RAW(http://127.0.0.1:1/option.png)&prompt=option&negativePrompt=option&resolution=1080P"
                            + "&duration=15&seed=3&watermark=true",
                    exchange -> {
                        exchange.getMessage()
                                .setBody(Map.of("image", image, "prompt", "body", "duration", 7, "seed", 2));
                        exchange.getMessage().setHeader("CamelHh1Image", other);
                        exchange.getMessage().setHeader("CamelHh1Seed", 1L);
                        exchange.getMessage().setHeader("camelhh1WATERMARK", "FALSE");
                    });

            assertThat(CAMEL.received(sent))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "image",
                            other,
                            "prompt",
                            "body",
                            "negative_prompt",
                            "option",
                            "resolution",
                            "1080P",
                            "duration",
                            7,
                            "seed",
                            1,
                            "watermark",
                            false));
        }

        @Test
        void letsAHeaderMendABadBody() {
            SentMessage sent = CAMEL.send("", exchange -> {
                exchange.getMessage().setBody(Map.of("image", image, "duration", "8s"));
                exchange.getMessage().setHeader("CamelHh1Duration", 8);
            });

            assertThat(CAMEL.received(sent)).containsEntry("duration", 8);
        }
    }
}
