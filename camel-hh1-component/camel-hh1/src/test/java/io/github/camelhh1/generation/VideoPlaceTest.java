package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoPlaceTest {
    @ParameterizedTest
    @CsvSource({
        "https://v.example/a/1.mp4?Signature=secret, v.example/a/1.mp4",
        "https://v.example/1.mp4#part, v.example/1.mp4",
        "https://name:password@v.example/1.mp4, v.example/1.mp4",
        "https://v.example/photos@noon/1.mp4, v.example/photos@noon/1.mp4",
        "https://v.example?mail=a@b.example, v.example",
        "no link at all, no link at all",
    })
    void isHostAndPathOfALink(String link, String place) {
        assertThat(VideoPlace.of(link)).isEqualTo(place);
    }
}
