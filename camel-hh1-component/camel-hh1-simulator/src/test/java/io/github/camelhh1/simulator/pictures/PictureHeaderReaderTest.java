package io.github.camelhh1.simulator.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureHeaderReaderTest {
    private static final String LOSSY = "524946461600000057454250565038200a0000003001009d012a80026801";
    private static final String LOSSLESS = "5249464612000000574542505650384c050000002f7fc2590000";
    private static final String EXTENDED = "524946461600000057454250565038580a000000000000007f0200670100";

    @TempDir
    Path directory;

    @Nested
    class OfAnAcceptedFormat {

        @ParameterizedTest
        @ValueSource(strings = {"png", "jpg"})
        void saysTheSize(String format) throws Exception {
            assertThat(read(encoded(format, 64, 36))).isEqualTo(new PictureHeader(64, 36, 1));
        }

        @ParameterizedTest
        @ValueSource(strings = {LOSSY, LOSSLESS, EXTENDED})
        void saysTheSizeOfEachKindOfWebp(String hex) throws Exception {
            assertThat(read(HexFormat.of().parseHex(hex))).isEqualTo(new PictureHeader(640, 360, 1));
        }

        @ParameterizedTest
        @CsvSource({"1, 64, 36", "3, 64, 36", "5, 36, 64", "6, 36, 64", "8, 36, 64", "0, 64, 36", "9, 64, 36"})
        void isTurnedAsExifSays(int orientation, int width, int height) throws Exception {
            int shown = orientation < 1 || orientation > 8 ? 1 : orientation;
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                assertThat(read(photo(exif(orientation, order)))).isEqualTo(new PictureHeader(width, height, shown));
            }
        }

        @Test
        void isNotTurnedByExifThatCannotBeRead() throws Exception {
            byte[] broken = Arrays.copyOf(exif(6, ByteOrder.BIG_ENDIAN), 20);

            assertThat(read(photo(broken))).isEqualTo(new PictureHeader(64, 36, 1));
        }
    }

    @Nested
    class OfAnythingElse {

        @ParameterizedTest
        @ValueSource(strings = {"plain words", "<html>", "BMX is a sport"})
        void isRefusedAsText(String content) {
            assertThatThrownBy(() -> read(content.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("not a JPEG, PNG or WEBP image but text");
        }

        @ParameterizedTest
        @ValueSource(strings = {"gif", "bmp", "tiff"})
        void isRefusedAsTheImageThatItIs(String format) {
            assertThatThrownBy(() -> read(encoded(format, 8, 8)))
                    .hasMessage("not a JPEG, PNG or WEBP image but " + format.toUpperCase(Locale.ROOT));
        }

        @Test
        void isRefusedWhenItIsEmpty() {
            assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("unknown content");
        }
    }

    @Nested
    class OfHostileContent {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    // PNG without width, with a negative height, cut off.
                    "89504e470d0a1a0a0000000d49484452000000000000000108020000000000",
                    "89504e470d0a1a0a0000000d49484452000000018000000108020000000000",
                    "89504e470d0a1a0a0000000d4948445200000001",
                    // WEBP whose chunk is 2 GB long, or longer than the file, or less than nothing.
                    "52494646ffffff7f5745425056503820ffffff7f",
                    "524946460000000057454250565038200a0000003001009d012a80026801",
                    "52494646ffffff7f5745425056503820ffffffff",
                    // JPEG without a frame, with a segment of impossible length, cut off.
                    "ffd8ffd9",
                    "ffd8ffe10000",
                    "ffd8ffc0001108",
                    "ffd8ffc00004080010",
                    "ffd8ffda",
                })
        void isRefused(String hex) {
            assertThatThrownBy(() -> read(HexFormat.of().parseHex(hex))).isInstanceOf(IOException.class);
        }

        @Test
        void isRefusedWhenItHasMorePartsThanAnyPhoto() {
            ByteBuffer jpeg = ByteBuffer.allocate(2 + 4 * 100_000).putShort((short) 0xffd8);
            while (jpeg.hasRemaining()) {
                jpeg.putInt(0xffe10002);
            }

            assertThatThrownBy(() -> read(jpeg.array())).hasMessage("an image of too many parts");
        }

        /** Tags that share the same bytes: read one by one they would be as much as the heap. */
        @Test
        void isNotMultipliedByItsTags() throws Exception {
            int tags = 2_700;
            ByteBuffer exif = ByteBuffer.allocate(65_000)
                    .put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII))
                    .putInt(8)
                    .putShort((short) tags);
            for (int tag = 0; tag < tags; tag++) {
                exif.putShort((short) (0x9000 + tag)).putShort((short) 7);
                exif.putInt(60_000).putInt(8);
            }

            assertThat(read(photo(exif.array()))).isEqualTo(new PictureHeader(64, 36, 1));
        }

        @Test
        void isReadOrRefusedWhateverIsWrongWithIt() throws Exception {
            Random random = new Random(7);
            List<byte[]> good = List.of(
                    encoded("png", 64, 36),
                    photo(exif(6, ByteOrder.LITTLE_ENDIAN)),
                    HexFormat.of().parseHex(LOSSY),
                    HexFormat.of().parseHex(LOSSLESS),
                    HexFormat.of().parseHex(EXTENDED));
            for (int i = 0; i < 3_000; i++) {
                byte[] bad = good.get(i % good.size()).clone();
                for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    bad[random.nextInt(Math.min(bad.length, 200))] = (byte) random.nextInt(256);
                }
                assertReadOrRefused(bad);
                assertReadOrRefused(Arrays.copyOf(bad, 1 + random.nextInt(bad.length)));
            }
        }

        private void assertReadOrRefused(byte[] content) {
            try {
                assertThat(read(content).pixels()).isPositive();
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private PictureHeader read(byte[] content) throws IOException {
        Path file = directory.resolve("picture");
        Files.write(file, content);
        return PictureHeaderReader.read(file);
    }

    private static byte[] encoded(String format, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    private static byte[] exif(int orientation, ByteOrder order) {
        return ByteBuffer.allocate(32)
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII))
                .order(order)
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    /** A JPEG of 64 x 36 that begins with this EXIF segment. */
    private static byte[] photo(byte[] exif) throws IOException {
        byte[] jpeg = encoded("jpg", 64, 36);
        return ByteBuffer.allocate(jpeg.length + 4 + exif.length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xffe1)
                .putShort((short) (exif.length + 2))
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }
}
