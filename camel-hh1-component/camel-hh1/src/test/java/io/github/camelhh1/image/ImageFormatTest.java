package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageFormatTest {

    @ParameterizedTest
    @CsvSource({
        "JPEG, ffd8ffe0",
        "PNG, 89504e470d0a1a0a0000000d",
        "WEBP, 52494646000000005745425056503820",
        "GIF, 474946383961",
        "BMP, 424d0000000000000000",
        "TIFF, 49492a00",
        "TIFF, 4d4d002a",
        "PDF, 255044462d312e37",
        "HEIC, 000000186674797068656963",
        "HEIC, 00000018667479706d696631",
        "AVIF, 000000186674797061766966",
        "UNKNOWN, 000000186674797069736f6d",
        "UNKNOWN, ''",
        "UNKNOWN, ffd8",
        "UNKNOWN, 0001020304",
    })
    void isToldByTheFirstBytes(ImageFormat format, String hex) {
        assertThat(ImageFormat.sniff(HexFormat.of().parseHex(hex))).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({
        "SVG, '<svg xmlns=\"http://www.w3.org/2000/svg\"/>'",
        "SVG, '<?xml version=\"1.0\"?><!-- drawn --><svg/>'",
        "HTML, ' <!DOCTYPE html><html>'",
        "HTML, '<HTML>'",
        "TEXT, 'a horse, running'",
        "TEXT, 'Pferd im Gehölz'",
        "UNKNOWN, '   '",
    })
    void isToldByTheFirstWords(ImageFormat format, String text) {
        assertThat(ImageFormat.sniff(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(format);
    }

    @Test
    void isNotFooledByACharacterCutInTwo() {
        byte[] text = "ä".repeat(ImageFormat.SNIFFED_BYTES).getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(text, ImageFormat.SNIFFED_BYTES - 1);

        assertThat(ImageFormat.sniff(cut)).isEqualTo(ImageFormat.TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void isAcceptedOnlyWhenTheModelTakesIt(ImageFormat format) {
        assertThat(format.accepted())
                .isEqualTo(format == ImageFormat.JPEG || format == ImageFormat.PNG || format == ImageFormat.WEBP);
        assertThat(format.extension()).matches("[a-z]+");
        assertThat(format.contentType()).contains("/");
        assertThat(format.title()).isNotBlank();
    }
}
