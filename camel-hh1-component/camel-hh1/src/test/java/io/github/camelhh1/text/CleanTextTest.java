package io.github.camelhh1.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CleanTextTest {
    static java.util.List<String> payloads() {
        return LogPayloads.ALL;
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void isOneLineWithoutControlCharacters(String payload) {
        assertThat(CleanText.of(payload)).matches(LogPayloads::harmless, "harmless");
        assertThat(CleanText.of(payload.repeat(100))).hasSizeLessThanOrEqualTo(501);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see https://v.example/1.mp4?X-Amz-Signature=abc now | see https://v.example/1.mp4?… now",
                "HTTPS://V.EXAMPLE/1.MP4?SIG=abc | HTTPS://V.EXAMPLE/1.MP4?…",
                "(\"https://v.example?sig=abc\") | (\"https://v.example?…\")",
                "https://user:secret@v.example/1 | https://v.example/1",
                "Authorization: Bearer abc.def-ghi, more | Authorization: Bearer ***, more",
                "got data:image/png;base64,iVBORw0KGgo= here | got data:image/png;base64,… here",
                "plain | plain"
            })
    void hidesWhatMayBeSecret(String text, String clean) {
        assertThat(CleanText.of(text)).isEqualTo(clean);
    }

    @Test
    void hidesASecretThatIsCutAtItsEnd() {
        String text = "x".repeat(1_980) + " https://v.example/1?sig=secret-secret-secret-secret";

        assertThat(CleanText.of(text)).doesNotContain("secret");
    }

    @Test
    void keepsFiveHundredCharacters() {
        assertThat(CleanText.of("x".repeat(500))).hasSize(500);
        assertThat(CleanText.of("x".repeat(501))).hasSize(501).endsWith("x…");
    }

    @Test
    void doesNotCutACharacterInTwo() {
        assertThat(CleanText.of("x".repeat(499) + "😀😀")).matches(LogPayloads::harmless, "harmless");
    }
}
