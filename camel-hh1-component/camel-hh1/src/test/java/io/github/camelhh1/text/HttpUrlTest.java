package io.github.camelhh1.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 43: which links can be asked for, and how they are written then. */
class HttpUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://v.example/a.mp4?b=c&d=%20#e",
                "http://127.0.0.1:8080",
                "https://[2606:4700::1111]/a.mp4",
                "https://v.example/видео.mp4",
                "HTTPS://V.example/"
            })
    void whatJavaUnderstandsStaysAsItIs(String link) {
        assertThat(HttpUrl.of(link)).hasToString(link);
    }

    @ParameterizedTest
    @CsvSource({
        "' https://v.example/a.mp4 ', https://v.example/a.mp4",
        "https://v.example\\a\\b.mp4?c\\d, https://v.example/a/b.mp4?c%5Cd",
        "https://v.example/a b?c d#e f, https://v.example/a%20b?c%20d#e%20f",
        "https://v.example/a#b#c, https://v.example/a#b%23c",
        "https://v.example/[a]?[b], https://v.example/%5Ba%5D?[b]",
        "https://v.example/%41%4, https://v.example/%41%254",
        "https://v.example/😀|, https://v.example/%F0%9F%98%80%7C",
        "https://a_b.example:8443/c, https://a_b.example:8443/c",
        "https://bücher.example:8443/c, https://xn--bcher-kva.example:8443/c",
        "https://１２７.0.0.1/c, https://127.0.0.1/c"
    })
    void theRestIsEncodedAsBrowsersDo(String link, String encoded) {
        assertThat(HttpUrl.of(link)).hasToString(encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "https://",
                "https:///a",
                "https:a",
                "//v.example/a",
                "ftp://v.example/a",
                "https://a b/c",
                "https://user@a_b/c",
                "https://a..b_c/",
                "https://a%20b/c",
                "https://[::1/c",
                "https://a_b:99999999999/"
            })
    void whatNamesNoHostIsNone(String text) {
        assertThat(HttpUrl.of(text)).isNull();
    }

    @Test
    void aRequestIsAsciiAndNotNormalized() {
        assertThat(HttpUrl.ascii(URI.create("https://v.example/и\u0306%20é?ü")))
                .hasToString("https://v.example/%D0%B8%CC%86%20%C3%A9?%C3%BC");
    }

    @Test
    void hostAndPortAreThoseOfOddNamesToo() {
        URI odd = URI.create("https://a_b.example:8443/c");
        assertThat(HttpUrl.host(odd)).isEqualTo("a_b.example");
        assertThat(HttpUrl.port(odd)).isEqualTo(8443);
        assertThat(HttpUrl.port(URI.create("https://a_b.example/c"))).isEqualTo(-1);
    }
}
