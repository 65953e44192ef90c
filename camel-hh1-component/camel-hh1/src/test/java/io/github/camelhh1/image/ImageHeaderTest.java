package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {

    @ParameterizedTest
    @CsvSource({"png, PNG, 640, 360", "png, PNG, 1, 1", "jpg, JPEG, 333, 500", "jpg, JPEG, 16, 9"})
    void readsWhatImageIoWrote(String writer, ImageFormat format, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), writer, out);

        assertThat(read(out.toByteArray())).isEqualTo(new ImageHeader(format, width, height));
    }

    @ParameterizedTest
    @CsvSource({
        "lossy, 56503820 00000000 300100 9d012a 8002 6801, 640, 360",
        "lossy with scale bits, 56503820 00000000 300100 9d012a 8042 6881, 640, 360",
        "lossless, 5650384c 00000000 2f 7fc25900, 640, 360",
        "extended, 56503858 0a000000 00000000 7f0200 670100, 640, 360",
        "extended and large, 56503858 0a000000 00000000 ffff00 000000, 65536, 1",
    })
    void readsEachKindOfWebp(String kind, String chunk, int width, int height) throws IOException {
        byte[] webp = HexFormat.of().parseHex("52494646" + "00000000" + "57454250" + chunk.replace(" ", ""));

        assertThat(read(webp)).as(kind).isEqualTo(new ImageHeader(ImageFormat.WEBP, width, height));
    }

    @Test
    void findsTheSizeBehindLargeJpegMetadata() throws IOException {
        String segment = "ffe1ffff" + "00".repeat(0xffff - 2);
        String frame = "ffc2" + "0011" + "08" + "0168" + "0280" + "03";

        assertThat(read(HexFormat.of().parseHex("ffd8" + segment.repeat(5) + "ffff" + frame + "000000")))
                .isEqualTo(new ImageHeader(ImageFormat.JPEG, 640, 360));
    }

    @Nested
    class WhenTheContentIsHostile {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "89504e470d0a1a0a", // cut
                    "89504e470d0a1a0a 0000000d 49444154 00000001 00000001", // not IHDR first
                    "89504e470d0a1a0a 0000000d 49484452 00000000 00000001", // no width
                    "89504e470d0a1a0a 0000000d 49484452 80000000 00000001", // negative width
                    "ffd8ff", // cut
                    "ffd8ffe0 0000", // segment shorter than its own length
                    "ffd8ffda 0008", // scan before frame
                    "ffd8ffd9", // empty
                    "ffd8ffe0 0002 1234", // segments do not line up
                    "52494646 00000000 57454250 56503859 00000000", // unknown chunk
                    "52494646 00000000 57454250 56503820 00000000 300100 000000", // no key frame
                    "52494646 00000000 57454250 5650384c 00000000 00", // no lossless header
                    "",
                })
        void isRefusedWithAReason(String hex) {
            assertThatThrownBy(() -> read(HexFormat.of().parseHex(hex.replace(" ", ""))))
                    .isInstanceOf(IOException.class)
                    .message()
                    .isNotBlank();
        }

        @Test
        void saysWhatItFoundInstead() {
            assertThatThrownBy(() -> read("GIF89a, so to speak".getBytes(StandardCharsets.US_ASCII)))
                    .hasMessageContaining("GIF");
        }

        @Test
        void readsNoMoreThanAHeader() {
            CountingStream fillBytes = new CountingStream(0xff);

            assertThatThrownBy(() -> read(fillBytes)).isInstanceOf(IOException.class);
            assertThat(fillBytes.read).isLessThan(70_000);
        }

        @Test
        void skipsNoMoreThanAFewMegabytes() {
            InputStream endless = new SequenceInputStream(
                    new ByteArrayInputStream(HexFormat.of().parseHex("ffd8")), new CyclicSegments());

            assertThatThrownBy(() -> read(endless)).hasMessageContaining("metadata");
        }

        @Test
        void neverThrowsAnythingElse() {
            Random random = new Random(20260101);
            String[] starts = {"ffd8ff", "89504e470d0a1a0a0000000d49484452", "524946460000000057454250565038"};
            for (int round = 0; round < 20_000; round++) {
                byte[] content = new byte[16 + random.nextInt(64)];
                random.nextBytes(content);
                byte[] start = HexFormat.of().parseHex(starts[round % starts.length]);
                System.arraycopy(start, 0, content, 0, start.length);
                try {
                    ImageHeader header = read(content);
                    assertThat((long) header.width() * header.height()).isPositive();
                } catch (IOException expected) {
                    assertThat(expected.getMessage()).isNotBlank();
                }
            }
        }
    }

    private static ImageHeader read(byte[] content) throws IOException {
        return read(new ByteArrayInputStream(content));
    }

    private static ImageHeader read(InputStream content) throws IOException {
        ImageLook look = ImageLook.at(content, -1);
        if (look.header() == null) {
            throw new IOException(look.problem());
        }
        return look.header();
    }

    /** Always the same byte, after a JPEG's first two. */
    private static final class CountingStream extends InputStream {
        private final int value;
        private int read;

        CountingStream(int value) {
            this.value = value;
        }

        @Override
        public int read() {
            return ++read == 2 ? 0xd8 : value;
        }
    }

    /** Segments of the greatest length, for ever. */
    private static final class CyclicSegments extends InputStream {
        private final byte[] segment = new byte[2 + 0xffff];
        private int position;

        CyclicSegments() {
            Arrays.fill(segment, (byte) 0xff);
            segment[1] = (byte) 0xe1;
        }

        @Override
        public int read() {
            return segment[position++ % segment.length] & 0xff;
        }
    }
}
