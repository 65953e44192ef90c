package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.CountedStream;
import io.github.camelhh1.fixture.Fuzz;
import io.github.camelhh1.fixture.Pictures;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * For any bytes the reader of image headers soon gives a result. The inputs are valid images with bytes that are
 * changed, moved, cut or doubled.
 */
class ImageHeaderFuzzTest {
    private static final int INPUTS = Fuzz.inputs(20_000);
    /** Beside one for each byte. */
    private static final int MOST_CALLS = 100;

    private static final List<byte[]> GOOD = good();

    private static List<byte[]> good() {
        var good = new ArrayList<byte[]>();
        for (String format : List.of("jpg", "png", "gif", "bmp", "tiff")) {
            good.add(Pictures.encoded(format, 40, 30));
        }
        for (String kind : List.of("lossy", "lossless", "extended")) {
            good.add(Pictures.webp(kind));
        }
        good.add(Pictures.turned(40, 30, 6));
        good.add(
                Pictures.withSegment(Pictures.encoded("jpg", 40, 30), 0xe1, Pictures.exif(8, ByteOrder.LITTLE_ENDIAN)));
        return good;
    }

    private int read;

    @Test
    void neverBreaksAndNeverHangs() {
        Fuzz.every(INPUTS, this::look);
        if (INPUTS >= 1_000) {
            assertThat(read).as("inputs with a header").isBetween(INPUTS / 10, INPUTS - INPUTS / 10);
        }
    }

    private void look(Random random) {
        byte[] input = input(random);
        var in = new CountedStream(input);
        ImageLook look = ImageLook.at(in, input.length);
        assertThat(in.calls()).as("calls of the stream").isLessThan(MOST_CALLS + input.length);
        assertThat(look.header() == null).isNotEqualTo(look.problem() == null);
        if (look.header() != null) {
            read++;
            assertThat((long) look.header().width() * look.header().height()).isPositive();
            assertThat(look.header().orientation()).isBetween(1, 8);
            assertThat(look.header().format()).isEqualTo(look.format());
        }
    }

    private static byte[] input(Random random) {
        byte[] bytes = GOOD.get(random.nextInt(GOOD.size())).clone();
        // Most of what is read lies at the start.
        int reach = Math.min(bytes.length, random.nextBoolean() ? 64 : bytes.length);
        for (int change = random.nextInt(6); change >= 0; change--) {
            int at = random.nextInt(reach);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> {
                    int from = random.nextInt(reach);
                    int length = Math.min(random.nextInt(32), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
                default -> {
                    bytes = Arrays.copyOf(bytes, 1 + random.nextInt(2 * bytes.length));
                    reach = Math.min(reach, bytes.length);
                }
            }
        }
        return bytes;
    }
}
