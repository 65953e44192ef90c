package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {
    private static final GenerationRequest EMPTY = GenerationRequest.EMPTY;

    @Test
    void leaveOutWhatWasNotSet() {
        assertThat(RequestRules.violations(EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://i.example/1.png",
                "https://i.example:8443/1.png?sig=a%2Fb",
                "HTTPS://I.EXAMPLE/1.PNG",
                "https://[2001:db8::1]/1.png",
                "data:image/png;base64,iVBORw0KGgo=",
                "DATA:IMAGE/WEBP;base64,UklGRg==",
                "data:image/svg+xml,%3Csvg/%3E"
            })
    void takeLinksAndDataUris(String image) {
        assertThat(RequestRules.violations(EMPTY.withImage(image))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://i.example/1.png",
                "file:///1.png",
                "/1.png",
                "1.png",
                "//i.example/1.png",
                "http:1.png",
                "http://",
                "https://i.example/a b.png",
                "javascript:alert(1)",
                "data:text/html,x",
                "data:image",
                "data:",
                "jar:http://i.example/1.png",
                "http://i.example/1.png\n"
            })
    void refuseOtherImages(String image) {
        assertThat(RequestRules.violations(EMPTY.withImage(image)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.toString())
                        .startsWith("image: ")
                        .contains("http or https URL", "stagingUri"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 15})
    void takeDurations(int seconds) {
        assertThat(RequestRules.violations(EMPTY.withDuration(seconds))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 2, 16, 1_000_000_000, Integer.MAX_VALUE})
    void refuseOtherDurations(int seconds) {
        assertThat(RequestRules.violations(EMPTY.withDuration(seconds)))
                .singleElement()
                .hasToString("duration: " + seconds + " is not an integer from 3 to 15; give one, or leave it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4K", "720", "1080p ", "", "720Р"})
    void refuseOtherResolutions(String resolution) {
        assertThat(RequestRules.violations(EMPTY.withResolution(resolution)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.toString())
                        .startsWith("resolution: ")
                        .contains("720P, 1080P"));
    }

    @Test
    void knowTheEndsOfSeeds() {
        assertThat(RequestRules.violations(EMPTY.withSeed(0))).isEmpty();
        assertThat(RequestRules.violations(EMPTY.withSeed(Integer.MAX_VALUE))).isEmpty();
        assertThat(RequestRules.violations(EMPTY.withSeed(-1))).hasSize(1);
    }

    @Test
    void tellAllViolationsAtOnce() {
        var request = EMPTY.withImage("ftp://x/1")
                .withResolution("4K")
                .withDuration(2)
                .withSeed(-1);

        assertThat(RequestRules.violations(request))
                .extracting(RequestRules.Violation::field)
                .containsExactly("image", "resolution", "duration", "seed");
    }

    @Test
    void showOnlyTheStartOfAValueAndNoSignature() {
        String shape = RequestRules.shape("https://i.example/1.png?sig=secret " + "x".repeat(1_000));

        assertThat(shape).hasSizeLessThan(90).doesNotContain("secret");
    }
}
