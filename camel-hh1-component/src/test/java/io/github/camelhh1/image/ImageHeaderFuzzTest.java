package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.camelhh1.bench.Pictures;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come, the reader of image headers says something, soon. Inputs are good images with bytes changed,
 * moved, cut or doubled; each has a seed of its own, which a failure names: {@code -Dhh1.fuzz.seed=…} runs that one
 * alone, {@code -Dhh1.fuzz.inputs=…} as many as asked for.
 */
class ImageHeaderFuzzTest {
    private static final int INPUTS = Integer.getInteger("hh1.fuzz.inputs", 20_000);
    private static final long FIRST_SEED = 20_260_101L;
    private static final long SLOW_NANOS = 2_000_000_000L;
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

    @Test
    void neverBreaksAndNeverHangs() {
        Long only = Long.getLong("hh1.fuzz.seed");
        if (only != null) {
            look(only);
            return;
        }
        for (long seed = FIRST_SEED; seed < FIRST_SEED + INPUTS; seed++) {
            look(seed);
        }
    }

    private static void look(long seed) {
        byte[] input = input(new Random(seed));
        long began = System.nanoTime();
        try {
            ImageLook look = ImageLook.at(new ByteArrayInputStream(input), input.length);
            assertThat(look.header() == null).isNotEqualTo(look.problem() == null);
            if (look.header() != null) {
                assertThat(look.header().pixels()).isPositive();
                assertThat(look.header().orientation()).isBetween(1, 8);
                assertThat(look.header().format()).isEqualTo(look.format());
            }
        } catch (RuntimeException | Error e) {
            fail("the reader of image headers broke: run again with -Dhh1.fuzz.seed=" + seed, e);
        }
        assertThat(System.nanoTime() - began)
                .as("nanoseconds for -Dhh1.fuzz.seed=%d", seed)
                .isLessThan(SLOW_NANOS);
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
