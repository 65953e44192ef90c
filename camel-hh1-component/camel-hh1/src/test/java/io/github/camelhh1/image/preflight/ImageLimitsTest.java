package io.github.camelhh1.image.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.preflight.ImageLimits.Finding;
import io.github.camelhh1.image.preflight.ImageLimits.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageLimitsTest {
    private static final long MB = 1 << 20;

    private static ImageLook png(int width, int height, long length) {
        return new ImageLook(ImageFormat.PNG, length, new ImageHeader(ImageFormat.PNG, width, height), null);
    }

    @ParameterizedTest
    @CsvSource({
        "300, 300",
        "750, 300",
        "300, 750",
        "4000, 3000",
        "65535, 40000",
    })
    void areKeptAtTheirEdges(int width, int height) {
        assertThat(ImageLimits.findings(png(width, height, 10 * MB))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "299 | 300 | its width is 299 pixels, and must be at least 300",
                "300 | 299 | its height is 299 pixels, and must be at least 300",
                "751 | 300 | its ratio is 2.50:1 (751 x 300 pixels), and must be from 1:2.5 to 2.5:1",
                "300 | 751 | its ratio is 1:2.50 (300 x 751 pixels), and must be from 1:2.5 to 2.5:1",
                "1200 | 300 | its ratio is 4.00:1 (1200 x 300 pixels), and must be from 1:2.5 to 2.5:1",
            })
    void areBrokenJustBeyond(int width, int height, String text) {
        assertThat(ImageLimits.findings(png(width, height, MB))).singleElement().satisfies(finding -> {
            assertThat(finding.weight()).isEqualTo(Weight.BROKEN);
            assertThat(finding.text()).startsWith(text);
        });
    }

    @Test
    void areToldAllAtOnce() {
        var gif = new ImageLook(ImageFormat.GIF, 21 * MB, new ImageHeader(ImageFormat.GIF, 100, 20), null);

        assertThat(ImageLimits.findings(gif))
                .extracting(Finding::text)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("it is GIF, and the model takes JPEG, PNG and WEBP"),
                        text -> assertThat(text).startsWith("its width is 100 pixels"),
                        text -> assertThat(text).startsWith("its height is 20 pixels"),
                        text -> assertThat(text).startsWith("its ratio is 5.00:1"),
                        text -> assertThat(text)
                                .startsWith("it has 21.00 MB (22020096 bytes), and may have at most 20 MB"));
    }

    @Test
    void onBytesAreAdviceAboveTenMegabytesAndBrokenAboveTwenty() {
        assertThat(ImageLimits.findings(png(400, 300, 10 * MB + 1)))
                .extracting(Finding::weight)
                .containsExactly(Weight.ADVICE);
        assertThat(ImageLimits.findings(png(400, 300, 20 * MB)))
                .extracting(Finding::weight)
                .containsExactly(Weight.ADVICE);
        assertThat(ImageLimits.findings(png(400, 300, 20 * MB + 1)))
                .extracting(Finding::weight)
                .containsExactly(Weight.BROKEN);
        assertThat(ImageLimits.findings(png(400, 300, -1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nameWhateverIsNoImage(ImageFormat format) {
        List<Finding> findings = ImageLimits.findings(new ImageLook(format, 10, null, "why"));

        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.text())
                .contains(format.title()));
        assertThat(findings.get(0).weight())
                .isEqualTo(
                        switch (format) {
                            case PDF, HTML, TEXT, UNKNOWN -> Weight.NO_IMAGE;
                            default -> Weight.BROKEN;
                        });
    }
}
