package io.github.camelhh1.image.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.preflight.ImageLimits;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    @ParameterizedTest
    @CsvSource({
        "400, 300, 400, 300, 400, 300",
        "200, 150, 400, 300, 400, 300",
        "1000, 200, 1000, 400, 1000, 200",
        "200, 1000, 400, 1000, 200, 1000",
        "100, 20, 750, 300, 750, 150",
        "1, 1, 300, 300, 300, 300",
        "299, 299, 300, 300, 300, 300",
    })
    void padsAndScales(int width, int height, int canvasWidth, int canvasHeight, int drawnWidth, int drawnHeight) {
        assertThat(Layout.of(width, height)).isEqualTo(new Layout(canvasWidth, canvasHeight, drawnWidth, drawnHeight));
    }

    /** Also where sides are as long as a header can say and as short as one pixel. */
    @Test
    void alwaysKeepsTheLimits() {
        var random = new Random(20_260_101);
        for (int i = 0; i < 20_000; i++) {
            int width = 1 + random.nextInt(1 << (1 + random.nextInt(16)));
            int height = 1 + random.nextInt(1 << (1 + random.nextInt(16)));
            Layout layout = Layout.of(width, height);
            var header = new ImageHeader(ImageFormat.PNG, layout.width(), layout.height());
            assertThat(ImageLimits.keeps(new ImageLook(ImageFormat.PNG, 1, header, null)))
                    .as("%d x %d becomes %s", width, height, layout)
                    .isTrue();
            assertThat((long) header.width() * header.height()).isLessThan(Layout.MOST_PIXELS * 101 / 100);
            assertThat(layout.pictureWidth()).isBetween(1, layout.width());
            assertThat(layout.pictureHeight()).isBetween(1, layout.height());
        }
    }
}
