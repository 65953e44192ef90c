package io.github.camelhh1.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedUrlExpiryTest {
    @Nested
    class ASignature {
        @ParameterizedTest
        @CsvSource({
            "Expires=1893456000&Signature=x, 2030-01-01T00:00:00Z",
            "OSSAccessKeyId=a&EXPIRES=1893456000, 2030-01-01T00:00:00Z",
            "X-Amz-Date=20300101T000000Z&X-Amz-Expires=3600, 2030-01-01T01:00:00Z",
            "x-amz-expires=86400&x-amz-date=20300101T000000Z&Expires=1, 2030-01-02T00:00:00Z",
            "X-Goog-Date=20300101T000000Z&X-Goog-Expires=60, 2030-01-01T00:01:00Z",
            "x-oss-date=20300101T000000Z&x-oss-expires=60, 2030-01-01T00:01:00Z",
            "sv=2022&se=2030-01-01T00%3A00%3A00Z&sig=x, 2030-01-01T00:00:00Z",
            "se=2030-01-01T02:00:00%2B02:00&sig=x, 2030-01-01T00:00:00Z",
            "se=2030-01-01&sig=x, 2030-01-01T00:00:00Z",
            "expires=3600&se=2030-01-01&sig=x, 2030-01-01T00:00:00Z"
        })
        void saysWhenItsTimeIsOver(String query, Instant expiry) {
            assertThat(SignedUrl.expiresAt(URI.create("https://v.example/a.mp4?" + query)))
                    .isEqualTo(expiry);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "?",
                    "?a=b",
                    "?Expires=",
                    "?Expires",
                    "?Expires=0",
                    "?expires=3600",
                    "?expires=86400&token=x",
                    "?Expires=315360000",
                    "?Expires=253402300800",
                    "?X-Amz-Date=00010101T000000Z&X-Amz-Expires=60",
                    "?X-Amz-Date=20300101T000000Z&X-Amz-Expires=999999999999",
                    "?se=1970-01-01",
                    "?Expires=-1",
                    "?Expires=1e9",
                    "?Expires=soon",
                    "?Expires=99999999999999999999999999",
                    "?Expires=%D9%A1",
                    "?Expires=%ff%fe",
                    "?X-Amz-Date=20300101T000000Z",
                    "?X-Amz-Expires=60",
                    "?X-Amz-Date=20301341T990000Z&X-Amz-Expires=60",
                    "?X-Amz-Date=20300101T000000Z&X-Amz-Expires=-60",
                    "?X-Amz-Date=999999999999999&X-Amz-Expires=60",
                    "?se=2030-13-01",
                    "?se=tomorrow",
                    "?se=%00%00%00%00%00%00%00%00%00%00",
                    "?&&&=&=x&Expires",
                    "#Expires=1893456000"
                })
        void thatSaysNothingReadableIsNull(String rest) {
            assertThat(SignedUrl.expiresAt(URI.create("https://v.example/a.mp4" + rest)))
                    .isNull();
        }
    }
}
