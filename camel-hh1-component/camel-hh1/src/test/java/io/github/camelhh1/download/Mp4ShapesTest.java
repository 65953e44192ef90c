package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.download.Mp4Shapes.Shape;
import io.github.camelhh1.fixture.Fuzz;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Videos of every shape that programs write: a whole one passes, and one that was cut does not, wherever it was cut. */
class Mp4ShapesTest {
    private static final int SHAPES = Fuzz.inputs(200);

    private static boolean isWhole(byte[] bytes, boolean complete) throws IOException {
        try {
            MemorySource.of(bytes).movie(complete);
            return true;
        } catch (Mp4Boxes.Flaw e) {
            return false;
        }
    }

    @Test
    void aWholeOnePasses() {
        Fuzz.every(SHAPES, random -> {
            Shape shape = Mp4Shapes.of(random);
            assertThat(isWhole(shape.bytes(), true)).as(shape.name()).isTrue();
            byte[] withoutTail = Arrays.copyOf(shape.bytes(), shape.bytes().length - shape.tail());
            assertThat(isWhole(withoutTail, false)).as(shape.name()).isTrue();
        });
    }

    /** Also when the host itself has no more of it, and so sends as much as it promised. */
    @Test
    void aCutOneDoesNot() {
        Fuzz.every(SHAPES, random -> {
            Shape shape = Mp4Shapes.of(random);
            for (int length = 0; length < shape.played(); length++) {
                if (!isAnEnd(shape, length)) {
                    byte[] cut = Arrays.copyOf(shape.bytes(), length);
                    assertThat(isWhole(cut, false))
                            .as("%s cut at %d", shape.name(), length)
                            .isFalse();
                    assertThat(isWhole(cut, true))
                            .as("%s cut at %d", shape.name(), length)
                            .isFalse();
                }
            }
        });
    }

    /** Three zeros may be padding as well as the beginning of a size. */
    private static boolean isAnEnd(Shape shape, int length) {
        int end = length;
        while (end > 0
                && length - end < 3
                && shape.bytes()[end - 1] == 0
                && !shape.ends().contains(end)) {
            end--;
        }
        return shape.ends().contains(end);
    }
}
