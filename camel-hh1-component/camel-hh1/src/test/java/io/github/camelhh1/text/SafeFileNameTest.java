package io.github.camelhh1.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFileNameTest {
    @ParameterizedTest
    @CsvSource({
        "photo.png, photo",
        "in/2026/photo.final.jpeg, photo.final",
        "C:\\photos\\beach.JPG, beach",
        "/a/b/c, c",
        "Strand (1) – Süd.png, Strand (1) _ Süd",
        "写真.webp, 写真",
        "a?b*c<d>.png, a_b_c_d_",
        ".hidden, hidden",
        "name., name",
        "con.png, _con",
        "NUL, _NUL",
        "com1.tar.gz, _com1.tar",
        "s3://bucket/key.png, key"
    })
    void keepsTheLastSegmentAsFarAsItIsSafe(String name, String base) {
        assertThat(SafeFileName.baseName(name, "otherwise")).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "/", "../..", "a/", "....", " . . ", "\\"})
    void takesTheOtherNameWhenNothingIsLeft(String name) {
        assertThat(SafeFileName.baseName(name, "otherwise")).isEqualTo("otherwise");
    }

    static java.util.List<String> payloads() {
        return LogPayloads.ALL;
    }

    @ParameterizedTest
    @MethodSource("payloads")
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..\\..\\windows\\system32",
                "%2e%2e%2fetc",
                "a\u0000.png",
                "~/x",
                "-rf",
                "$(reboot)",
                "`id`",
                "a:b:c",
                "x.mp4\u202e",
                "file:///etc/passwd"
            })
    void staysInsideItsDirectory(String name) {
        String base = SafeFileName.baseName(name, "otherwise");

        Path directory = Path.of("/videos");
        assertThat(directory.resolve(base + ".mp4").normalize().getParent()).isEqualTo(directory);
        assertThat(base).isNotEmpty().matches(LogPayloads::harmless, "harmless").hasSizeLessThanOrEqualTo(201);
        assertThat(base)
                .doesNotStartWith(".")
                .doesNotEndWith(".")
                .doesNotContain("/", "\\", ":", "*", "?", "\"", "<", "|");
    }

    /** File systems count bytes: 255 for most, and an extension and a temporary suffix must fit as well. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "写", "\ud840\udc00"})
    void isNeverLong(String character) {
        for (int length : new int[] {50, 66, 67, 99, 100, 101, 5_000}) {
            String base = SafeFileName.baseName(character.repeat(length) + ".png", "otherwise");

            assertThat(base.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
            assertThat(base).matches(LogPayloads::harmless, "whole characters").isNotEmpty();
        }
    }
}
