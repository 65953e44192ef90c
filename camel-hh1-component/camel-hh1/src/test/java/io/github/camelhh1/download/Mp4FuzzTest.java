package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** For any bytes the reader of MP4 files ends soon, with a movie or a flaw. */
class Mp4FuzzTest {
    private static final int INPUTS = Fuzz.inputs(20_000);
    /** Headers of 10,000 boxes, twice, and what three of them hold; a hang would be far more. */
    private static final int MOST_READS = 20_100;

    private static final String[] TYPES = {
        "ftyp", "moov", "mdat", "mvhd", "trak", "tkhd", "mdia", "hdlr", "free", "uuid", "udta", "\0\0\0\0"
    };

    private final byte[] real = Mp4Samples.shortened(200);
    private int movies;
    private int flaws;
    private int described;

    Mp4FuzzTest() throws IOException {}

    @Test
    void neverEndsInAnythingButAMovieOrAFlaw() {
        Fuzz.every(INPUTS, random -> read(input(random)));
        System.out.println("MP4 reader: " + INPUTS + " inputs: " + movies + " movies (" + described
                + " that say something of themselves), " + flaws + " flaws, nothing else");
        if (INPUTS >= 1_000) {
            assertThat(movies).as("inputs that get past the first check").isGreaterThan(INPUTS / 20);
            assertThat(described).isGreaterThan(INPUTS / 50);
            assertThat(flaws).isGreaterThan(INPUTS / 20);
        }
    }

    private void read(byte[] input) throws IOException {
        var source = MemorySource.of(input);
        try {
            Movie movie = source.movie();
            movies++;
            described += movie.equals(Movie.UNKNOWN) ? 0 : 1;
            assertThat(movie.duration()).matches(duration -> duration == null || duration.compareTo(Duration.ZERO) > 0);
            assertThat(movie.width()).matches(width -> width == null || (width > 0 && width <= 0xFFFF));
            assertThat(movie.height()).matches(height -> height == null || (height > 0 && height <= 0xFFFF));
        } catch (Mp4Boxes.Flaw e) {
            flaws++;
            assertThat(e.getMessage()).hasSizeLessThan(200);
        }
        assertThat(source.reads()).isLessThan(MOST_READS);
    }

    private byte[] input(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> mutated(real.clone(), random);
            case 1 -> mutated(tree(random), random);
            case 2 -> tree(random);
            default -> noise(random);
        };
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            // Past the first check.
            byte[] begin = {0, 0, 0, 8, 'f', 't', 'y', 'p'};
            System.arraycopy(begin, 0, bytes, 0, Math.min(begin.length, bytes.length));
        }
        return bytes;
    }

    /** Bytes flipped, numbers replaced by those that hurt, pieces cut out, doubled or cut off. */
    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] result = bytes;
        for (int i = random.nextInt(5); i >= 0 && result.length > 16; i--) {
            int at = random.nextInt(result.length - 8);
            switch (random.nextInt(6)) {
                case 0 -> result[at] = (byte) random.nextInt();
                case 1 -> ByteBuffer.wrap(result).putInt(at, hurting(random));
                case 2 -> ByteBuffer.wrap(result).putLong(at, (long) hurting(random) << 32 | random.nextInt());
                case 3 -> result = Arrays.copyOf(result, at);
                case 4 -> result = spliced(result, at, random.nextInt(64));
                default -> {
                    byte[] type = TYPES[random.nextInt(TYPES.length)].getBytes(StandardCharsets.ISO_8859_1);
                    System.arraycopy(type, 0, result, at, 4);
                }
            }
        }
        return result;
    }

    private static int hurting(Random random) {
        int[] numbers = {0, 1, 2, 7, 8, 9, 15, 16, 17, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt(2_000)};
        return numbers[random.nextInt(numbers.length)];
    }

    /** Doubles the next bytes. */
    private static byte[] spliced(byte[] bytes, int at, int count) {
        int doubled = Math.min(count, bytes.length - at);
        byte[] result = Arrays.copyOf(bytes, bytes.length + doubled);
        System.arraycopy(bytes, at, result, at + doubled, bytes.length - at);
        return result;
    }

    private static byte[] tree(Random random) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(box("ftyp", new byte[8], random));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes.writeBytes(box(random.nextBoolean() ? "moov" : any(random), children(random, 3), random));
        }
        return bytes.toByteArray();
    }

    private static byte[] children(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            byte[] content = new byte[random.nextInt(120)];
            if (random.nextBoolean()) {
                random.nextBytes(content);
            }
            return content;
        }
        var bytes = new ByteArrayOutputStream();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes.writeBytes(box(any(random), children(random, depth - 1), random));
        }
        return bytes.toByteArray();
    }

    private static String any(Random random) {
        return TYPES[random.nextInt(TYPES.length)];
    }

    /** Seldom with a size that is wrong, sometimes with one of 64 bits. */
    private static byte[] box(String type, byte[] content, Random random) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        if (random.nextInt(8) == 0) {
            return ByteBuffer.allocate(16 + content.length)
                    .putInt(1)
                    .put(name)
                    .putLong(random.nextInt(20) == 0 ? random.nextLong() : 16L + content.length)
                    .put(content)
                    .array();
        }
        return ByteBuffer.allocate(8 + content.length)
                .putInt(random.nextInt(20) == 0 ? hurting(random) : 8 + content.length)
                .put(name)
                .put(content)
                .array();
    }
}
