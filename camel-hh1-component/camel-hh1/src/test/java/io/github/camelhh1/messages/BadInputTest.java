package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input, and what it gets: a message that names field, rule and remedy; nothing is sent. */
class BadInputTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path directory;

    @AfterEach
    void nothingWasSent() {
        assertThat(CAMEL.simulator().requests()).isEmpty();
        assertThat(CAMEL.simulator().charges()).isZero();
    }

    private static String violation(Object body, Map<String, ?> headers) {
        var violations = CAMEL.refused("inlineImages=true", body, headers).violations();
        assertThat(violations).hasSize(1);
        return violations.get(0);
    }

    private static String field(String field, Object value) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("image", CAMEL.simulator().sampleImageUrl());
        body.put(field, value);
        return violation(body, Map.of());
    }

    @Nested
    class AField {
        static Stream<Arguments> bad() {
            return Stream.of(
                    Arguments.of("duration", 2),
                    Arguments.of("duration", 16),
                    Arguments.of("duration", "8s"),
                    Arguments.of("duration", "1e9"),
                    Arguments.of("duration", 1e9),
                    Arguments.of("duration", 1_000_000_000),
                    Arguments.of("duration", 1_000_000_000_000_000_000L),
                    Arguments.of("duration", 4.5),
                    Arguments.of("duration", true),
                    Arguments.of("duration", "9".repeat(10_000)),
                    Arguments.of("seed", -1),
                    Arguments.of("seed", "-1"),
                    Arguments.of("seed", 2_147_483_648L),
                    Arguments.of("seed", "0x1"),
                    Arguments.of("watermark", "yes"),
                    Arguments.of("watermark", 1));
        }

        @ParameterizedTest(name = "{0} = {1}")
        @MethodSource("bad")
        void isNamedWithItsValueItsRuleItsRemedyAndItsSource(String field, Object value) {
            assertThat(field(field, value))
                    .startsWith(field + ": ")
                    .contains(String.valueOf(value)
                            .substring(0, Math.min(20, String.valueOf(value).length())))
                    .contains("give one")
                    .contains("from the body")
                    .hasSizeLessThan(300);
        }

        @ParameterizedTest
        @ValueSource(strings = {"4K", "720", "HD"})
        void resolutionHasTwoValues(String resolution) {
            assertThat(field("resolution", resolution))
                    .startsWith("resolution: ")
                    .contains(resolution, "720P, 1080P");
        }

        @Test
        void textMustBeText() {
            assertThat(field("prompt", 7)).startsWith("prompt: ").contains("java.lang.Integer", "give a String");
            assertThat(field("prompt", Map.of("a", 1))).startsWith("prompt: ").contains("give a String");
        }

        @Test
        void thatTheModelDoesNotKnowIsNamed() {
            assertThat(field("fps", 24)).startsWith("fps: ").contains("no field of the model", "negative_prompt");
        }

        @ParameterizedTest
        @CsvSource({"CamelHh1Duration, 8s", "CamelHh1Seed, -1", "CamelHh1Resolution, 4K", "CamelHh1Image, ftp://x/1"})
        void fromAHeaderNamesTheHeader(String header, String value) {
            String text = violation(CAMEL.simulator().sampleImageUrl(), Map.of(header, value));

            assertThat(text).contains(value, "from the header " + header);
        }
    }

    @Nested
    class AnImage {
        @Test
        void mustComeFromSomewhere() {
            for (Object body : new Object[] {null, "", "  ", "a prompt", Map.of("prompt", "p"), "{}"}) {
                assertThat(violation(body, Map.of()))
                        .startsWith("image: none was given")
                        .contains("body", Hh1Constants.IMAGE, "option image");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ftp://host/1.png", "file:///etc/passwd", "s3://bucket/key", "data:text/html,x"})
        void behindAnotherSchemeIsNoPrompt(String link) {
            assertThat(violation(link, Map.of())).startsWith("body: ").contains(link.substring(0, 4), "http://");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ftp://host/1.png", "photo.png", "data:text/html,x", "https://", "http://a b"})
        void inAFieldMustBeALink(String link) {
            assertThat(field("image", link)).startsWith("image: ").contains("absolute http or https URL");
        }

        @Test
        void thatIsEmptyIsNoImage() throws Exception {
            Path file = Files.createFile(directory.resolve("empty.png"));

            assertThat(violation(file.toFile(), Map.of())).contains("image: \"empty.png\" is empty (0 bytes)");
            assertThat(violation(new byte[0], Map.of())).contains("is empty (0 bytes)");
            assertThat(violation(new ByteArrayInputStream(new byte[0]), Map.of()))
                    .contains("is empty (0 bytes)");
        }

        @Test
        void thatIsTextIsNoImageWhateverItIsCalled() throws Exception {
            Path file = Files.writeString(directory.resolve("notes.png"), "hello");

            assertThat(violation(file, Map.of()))
                    .contains("image: \"notes.png\" holds text, whatever it is called", "JPEG, PNG and WEBP");
        }

        @Test
        void thatIsGoneIsSaidToBe() {
            assertThat(violation(directory.resolve("gone.png"), Map.of())).contains("body: it could not be read");
        }

        @Test
        void asContentNeedsAWayAndThereAreThree() {
            var failure = CAMEL.refused("", Images.png(), Map.of());

            assertThat(failure)
                    .hasMessageContaining("stagingUri=direct:stage")
                    .hasMessageContaining("inlineImages=true")
                    .hasMessageContaining("http(s) URL");
        }
    }

    @Nested
    class ABody {
        @ParameterizedTest
        @ValueSource(strings = {"{", "{'a':1}", "{\"image\":}", "{\"image\":\"x\"} more", "{\"seed\":1,\"seed\":2}"})
        void thatIsMalformedJsonIsNoPrompt(String json) {
            assertThat(violation(json, Map.of()))
                    .startsWith("body: it starts as a JSON object")
                    .contains("correct it");
        }

        @Test
        void thatIsNestedWithoutEndIsRefused() {
            assertThat(violation("{\"prompt\":" + "[".repeat(100_000), Map.of()))
                    .startsWith("body: ");
            assertThat(violation("{\"seed\":" + "9".repeat(1_000_000) + "}", Map.of()))
                    .startsWith("body: ");
        }

        @Test
        void ofAnotherTypeIsNamed() {
            assertThat(violation(42, Map.of()))
                    .startsWith("body: a java.lang.Integer is neither")
                    .contains("send a URL");
            assertThat(violation(new Object(), Map.of())).startsWith("body: a java.lang.Object is neither");
        }
    }

    @Nested
    class AKey {
        @Test
        void mustNotBeBlankOrHoldALineBreak() {
            String image = CAMEL.simulator().sampleImageUrl();

            assertThat(violation(image, Map.of(Hh1Constants.REQUEST_KEY, " "))).startsWith("requestKey: it is blank");
            assertThat(violation(image, Map.of(Hh1Constants.REQUEST_KEY, "a\nb")))
                    .contains("line break");
            assertThat(violation(image, Map.of(Hh1Constants.REQUEST_KEY, "x".repeat(1_001))))
                    .contains("1000");
            assertThat(CAMEL.refused("requestKey=${header.missing}", image, Map.of())
                            .violations())
                    .singleElement()
                    .asString()
                    .contains("blank", "the option requestKey");
        }
    }

    @Test
    void allViolationsAreToldAtOnce() {
        String json = "{\"image\":\"ftp://x/1\",\"resolution\":\"4K\",\"duration\":\"8s\",\"seed\":-1,\"fps\":24}";

        var failure = CAMEL.refused("", json, Map.of(Hh1Constants.WATERMARK, "maybe", Hh1Constants.REQUEST_KEY, ""));

        assertThat(failure.violations())
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactlyInAnyOrder("image", "resolution", "duration", "seed", "fps", "watermark", "requestKey");
    }
}
