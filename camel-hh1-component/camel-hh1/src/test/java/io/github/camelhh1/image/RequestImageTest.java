package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A generation shows its image wherever it is written into a log. */
class RequestImageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://i.example/1.png?X-Amz-Signature=secret",
                "https://name:secret@i.example/1.png",
                "data:image/png;base64,secret",
                "DATA:image/png,secret",
            })
    void aLinkShowsNoSignatureAndNoContent(String url) {
        assertThat(new RequestImage.Link(url, "s3:photo")).asString().doesNotContain("secret");
    }

    @Test
    void aLinkShowsWhereItPoints() {
        assertThat(RequestImage.Link.of("https://i.example/1.png?v=2")).hasToString("i.example/1.png");
    }
}
