package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedPromptTest {
    private static String unquoted(String reason, String prompt) {
        return QuotedPrompt.of(reason, GenerationRequest.EMPTY.withPrompt(prompt));
    }

    @ParameterizedTest
    @CsvSource({
        "code 7: 'a cat in heavy rain' is bad, a cat in heavy rain, code 7: '***' is bad",
        "'a cat in heavy r...' is bad, a cat in heavy rain, '***...' is bad",
        "rain, rain, ***",
        "code 7: no, no, code 7: no",
        "HTTP status 504, a cat in heavy rain, HTTP status 504"
    })
    void whatIsQuotedIsGoneAndTheRestStays(String reason, String prompt, String left) {
        assertThat(unquoted(reason, prompt)).isEqualTo(left);
    }

    @Test
    void aQuotationWithoutItsLineEndsIsOneToo() {
        assertThat(unquoted("bad: one cat and two dogs!", "one cat\n  and two dogs"))
                .isEqualTo("bad: ***!");
    }

    @Test
    void theNegativePromptIsNotQuotedEither() {
        var request = GenerationRequest.EMPTY.withNegativePrompt("no water, please");
        assertThat(QuotedPrompt.of("bad: no water, please", request)).isEqualTo("bad: ***");
    }

    @Test
    void theImageIsNotQuotedEitherThoughNothingSaysThatItIsOne() {
        String image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ".repeat(3) + "==";
        assertThat(QuotedPrompt.of("bad image '" + image + "'", GenerationRequest.EMPTY))
                .isEqualTo("bad image '***'");
        assertThat(QuotedPrompt.of("bad image " + "A".repeat(5_000), GenerationRequest.EMPTY))
                .isEqualTo("bad image ***…");
    }

    @Test
    void aDigestIsNoImage() {
        String reason = "image " + "0af3".repeat(16) + " is too small";
        assertThat(QuotedPrompt.of(reason, GenerationRequest.EMPTY)).isEqualTo(reason);
    }
}
