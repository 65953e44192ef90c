package io.github.camelhh1.simulator.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UprightTest {
    private static final int ROW = 0xff0000;
    private static final int COLUMN = 0x0000ff;

    /** Where EXIF says that the first stored row and the first stored column are when the picture is shown. */
    @ParameterizedTest
    @CsvSource({
        "1, top, left",
        "2, top, right",
        "3, bottom, right",
        "4, bottom, left",
        "5, left, top",
        "6, right, top",
        "7, right, bottom",
        "8, left, bottom"
    })
    void putsTheFirstRowAndTheFirstColumnWhereTheyBelong(int orientation, String row, String column) {
        BufferedImage stored = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 6; x++) {
            stored.setRGB(x, 0, ROW);
        }
        for (int y = 0; y < 4; y++) {
            stored.setRGB(0, y, y == 0 ? ROW | COLUMN : COLUMN);
        }

        BufferedImage shown = Upright.turned(stored, orientation);

        assertThat(shown.getWidth()).isEqualTo(orientation < 5 ? 6 : 4);
        assertThat(shown.getHeight()).isEqualTo(orientation < 5 ? 4 : 6);
        assertAlong(shown, row, ROW);
        assertAlong(shown, column, COLUMN);
    }

    private static void assertAlong(BufferedImage image, String side, int colour) {
        int right = image.getWidth() - 1;
        int bottom = image.getHeight() - 1;
        for (int x = 0; x <= right; x++) {
            for (int y = 0; y <= bottom; y++) {
                boolean onIt =
                        switch (side) {
                            case "top" -> y == 0;
                            case "bottom" -> y == bottom;
                            case "left" -> x == 0;
                            default -> x == right;
                        };
                assertThat((image.getRGB(x, y) & colour) == colour)
                        .as("%s at %s, %s", side, x, y)
                        .isEqualTo(onIt);
            }
        }
    }
}
